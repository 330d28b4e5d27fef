# SPDX-License-Identifier: GPL-3.0-or-later
#
# nix-build -E '(import <nixpkgs> { }).callPackage ./package.nix { }'
{ lib
, stdenv
, fetchurl
, pkg-config
, gettext
, cairo
, jansson
, ncurses
, utf8proc
, zlib
, check
, libvterm-neovim
, mandoc
}:

let
  # nixpkgs has no libcsv.
  libcsv = stdenv.mkDerivation rec {
    pname = "libcsv";
    version = "3.0.3";
    src = fetchurl {
      url = "mirror://sourceforge/libcsv/${pname}-${version}/"
        + "${pname}-${version}.tar.gz";
      sha256 = "1r6pxdxrc3vfil1f9ng1dblm82asdqz6hkz7dj4vkkh3p0f47h6r";
    };
  };
in
stdenv.mkDerivation rec {
  pname = "lstmtui";
  version = "0.2.0";

  src = fetchurl {
    url = "https://lstmtui.example.org/releases/lstmtui-${version}.tar.gz";
    sha256 = "@SHA256@";
  };

  nativeBuildInputs = [ gettext pkg-config ];
  buildInputs = [ cairo jansson libcsv ncurses utf8proc zlib ];

  doCheck = true;
  checkInputs = [ check libvterm-neovim ];
  nativeCheckInputs = [ mandoc ];
  enableParallelBuilding = true;

  meta = {
    description = "Train a small LSTM live in the terminal";
    homepage = "https://lstmtui.example.org/";
    license = lib.licenses.gpl3Plus;
    mainProgram = "lstmtui";
    platforms = lib.platforms.unix;
  };
}
