# SPDX-License-Identifier: GPL-3.0-or-later

class Lstmtui < Formula
  desc "Train a small LSTM live in the terminal"
  homepage "https://lstmtui.example.org/"
  url "https://lstmtui.example.org/releases/lstmtui-0.2.0.tar.gz"
  sha256 "@SHA256@"
  license "GPL-3.0-or-later"

  depends_on "pkgconf" => :build
  depends_on "cairo"
  depends_on "gettext"
  depends_on "jansson"
  depends_on "libcsv"
  depends_on "ncurses"
  depends_on "utf8proc"

  uses_from_macos "zlib"

  def install
    system "./configure", *std_configure_args
    system "make", "install"
  end

  test do
    system bin/"lstmtui", "train", "--quiet", "--seed", "7",
           "--updates", "100", "lesson.st"
    assert_match "Total params: 542",
                 shell_output("#{bin}/lstmtui info lesson.st")
    drawn = shell_output("#{bin}/lstmtui generate --quiet lesson.st")
    assert_equal 4, drawn.lines.count { |line| line.include?(",") }
  end
end
