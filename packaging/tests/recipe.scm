;;; SPDX-License-Identifier: GPL-3.0-or-later
;;; Read a Guix recipe without Guix: its last form is a package with all fields.
;;;
;;; Usage: guile recipe.scm RECIPE

(define forms
  (call-with-input-file (cadr (command-line))
    (lambda (port)
      (let loop ((forms '()))
        (let ((form (read port)))
          (if (eof-object? form) forms (loop (cons form forms))))))))

(define recipe (car forms))

(unless (eq? (car recipe) 'package)
  (error "the last form is no package"))
(for-each
 (lambda (field)
   (unless (assq field (cdr recipe))
     (error "missing field:" field)))
 '(name version source build-system home-page synopsis description license))
