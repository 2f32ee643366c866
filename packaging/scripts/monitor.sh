# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with the scripts that source this
#
# The desktop application on the cluster that runs: whether there is a display for it, how it is built, how it is
# opened. Sourced after common.sh, install.sh, build.sh and cluster.sh.

# display_answers: whether a window could be opened. $DISPLAY alone says nothing: it outlives its server, and a login
# over ssh may have none behind it. So it is called; perl, because bash has no unix sockets and Debian always has perl.
display_answers() {
    command -v perl >/dev/null || return 1
    perl - <<'PERL' 2>/dev/null
use strict;
use Socket;

sub answers_at_path {
    my ($path) = @_;
    socket(my $socket, AF_UNIX, SOCK_STREAM, 0) or return 0;
    return connect($socket, pack_sockaddr_un($path)) ? 1 : 0;
}

sub answers_at_port {
    my ($host, $port) = @_;
    my $address = inet_aton($host) or return 0;
    socket(my $socket, AF_INET, SOCK_STREAM, 0) or return 0;
    local $SIG{ALRM} = sub { die };
    return eval { alarm 3; my $ok = connect($socket, sockaddr_in($port, $address)); alarm 0; $ok } ? 1 : 0;
}

my $wayland = $ENV{WAYLAND_DISPLAY} // '';
if ($wayland ne '') {
    my $path = $wayland =~ m{^/} ? $wayland : ($ENV{XDG_RUNTIME_DIR} // '') . "/$wayland";
    exit 0 if answers_at_path($path);
}
my ($host, $number) = ($ENV{DISPLAY} // '') =~ m{^(?:unix/?)?([^:/]*)(?:/unix)?:(\d+)(?:\.\d+)?$} or exit 1;
if ($host eq '') {
    exit 0 if answers_at_path("/tmp/.X11-unix/X$number") || answers_at_path("\0/tmp/.X11-unix/X$number");
    exit 1;
}
exit(answers_at_port($host, 6000 + $number) ? 0 : 1);
PERL
}

# build_monitor: what it needs is installed only now, so that a machine without a display never gets it.
build_monitor() {
    install_packages monitor && build release dsmsg-monitor
}

# open_monitor: shows it on the cluster and comes back when it is closed. 3: it found no display after all.
open_monitor() {
    # In the background, so that a signal to this script is heard at once.
    "$DSMSG_ROOT/build/release/bin/dsmsg-monitor" --connect "$(cluster_list)" &
    watching=$!
    wait "$watching"
}
