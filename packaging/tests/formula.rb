# SPDX-License-Identifier: GPL-3.0-or-later
# Evaluate a formula without Homebrew: print what its class declares, and run
# its method install with the commands that it calls.
#
# Usage: formula.rb FORMULA [FOLDER PREFIX]; with a FOLDER, the unpacked source,
# the formula builds and installs into PREFIX.

class Formula
  %i[desc homepage url sha256 license depends_on uses_from_macos].each do |name|
    define_singleton_method(name) do |*values|
      puts "#{name} #{values.map(&:inspect).join(" ")}"
    end
  end

  def self.test
    puts "test" if block_given?
  end

  def std_configure_args
    ["--disable-debug", "--disable-dependency-tracking", "--prefix=#{ARGV[2]}"]
  end

  def system(*command)
    Kernel.system(*command.map(&:to_s)) or abort "#{command.join(" ")}: failed"
  end
end

load File.expand_path(ARGV[0])
abort "no method install" unless Lstmtui.public_method_defined?(:install)
Dir.chdir(ARGV[1]) { Lstmtui.new.install } if ARGV[1]
