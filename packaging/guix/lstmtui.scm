;;; SPDX-License-Identifier: GPL-3.0-or-later
;;;
;;; guix build -f lstmtui.scm

(use-modules (guix base16)
             (guix build-system gnu)
             (guix download)
             ((guix licenses) #:prefix license:)
             (guix packages)
             (gnu packages check)
             (gnu packages compression)
             (gnu packages gettext)
             (gnu packages gtk)
             (gnu packages man)
             (gnu packages ncurses)
             (gnu packages pkg-config)
             (gnu packages serialization)
             (gnu packages terminals)
             (gnu packages textutils)
             (gnu packages web))

(package
  (name "lstmtui")
  (version "0.2.0")
  (source
   (origin
     (method url-fetch)
     (uri (string-append "https://lstmtui.example.org/releases/lstmtui-"
                         version ".tar.gz"))
     (sha256 (base16-string->bytevector "@SHA256@"))))
  (build-system gnu-build-system)
  (native-inputs
   (list check gettext-minimal libvterm mandoc pkg-config))
  (inputs
   (list cairo jansson libcsv ncurses utf8proc zlib))
  (home-page "https://lstmtui.example.org/")
  (synopsis "Train a small LSTM live in the terminal")
  (description
   "lstmtui trains a small recurrent neural network in the terminal while you
watch: the loss, the shape that the network draws with its current weights, and
the gates, cells and gradients at each step.  Commands without a screen train,
generate, evaluate, inspect, compare and export models.")
  (license license:gpl3+))
