#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How well the nodes know each other's clocks: starts three nodes whose clocks are bent by a known amount (their own
# fault injection: wall clocks 0, 50 ms and 2 s off, drifts of 20 to 200 ppm), asks each again and again what it takes
# the others' clocks for, and compares with the truth. Fails when an offset lies outside its bound, ever. Draws the errors
# and the bounds as SVG.
#
# Usage: clocks.py PROGRAM [--seconds N] [--one-way MS] [--svg FILE]
import argparse
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

OFFSETS = [0.0, 0.050, 2.0]  # seconds
DRIFTS = [-120.0, 20.0, 200.0]  # parts per million


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def ask(url, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data=data, headers={"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=5) as answer:
        return json.load(answer)


class Node:
    def __init__(self, program, urls, number, folder):
        self.url = urls[number]
        self.number = number
        arguments = [program, "--id", f"n{number + 1}", "--port", self.url.rsplit(":", 1)[1],
                     "--peers", ",".join(url for url in urls if url != self.url), "--data-dir", f"{folder}/n{number + 1}",
                     "--replication-mode", "sync_quorum", "--fault-injection"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.bent = (0.0, 0.0, 0.0)

    def bend(self, seconds):
        for kind, value in (("clock_offset", OFFSETS[self.number]), ("clock_drift", DRIFTS[self.number])):
            if value:
                before = time.clock_gettime(time.CLOCK_BOOTTIME)
                ask(self.url, "/faults", {"kind": kind, "value": value, "for_s": seconds})
                after = time.clock_gettime(time.CLOCK_BOOTTIME)
                self.bent = (before, after, DRIFTS[self.number])

    def offset(self):
        """Of its wall clock, as it is now; the drift's beginning is known to a few milliseconds, which is nothing."""
        begun = (self.bent[0] + self.bent[1]) / 2
        return OFFSETS[self.number] + (time.clock_gettime(time.CLOCK_BOOTTIME) - begun) * self.bent[2] / 1e6

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def await_leader(nodes):
    for _ in range(200):
        try:
            if all(ask(node.url, "/status")["consensus"]["leader_url"] for node in nodes):
                return
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit("the nodes found no leader")


def sample(nodes, begun):
    """(time, from, to, error, bound) of each pair, in seconds."""
    by_url = {node.url: node for node in nodes}
    for node in nodes:
        before = time.clock_gettime(time.CLOCK_BOOTTIME)
        sync = ask(node.url, "/status")["time_sync"]
        if time.clock_gettime(time.CLOCK_BOOTTIME) - before > 0.05:
            continue  # the truth has moved on meanwhile
        for url, estimated in sync["peer_offsets"].items():
            truth = by_url[url].offset() - node.offset()
            yield (time.time() - begun, node.number, by_url[url].number, estimated - truth, sync["peers"][url]["bound"])


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


def draw(samples, path, seconds):
    width, height, left, bottom = 900, 360, 60, 40
    samples = samples[:: max(1, len(samples) // 1500)]  # more dots show no more
    top = max(1e-4, percentile([bound for *_, bound in samples], 0.995)) * 1e3 * 1.1

    def x(moment):
        return left + (width - left - 10) * moment / seconds

    def y(milliseconds):
        return (height - bottom) / 2 * (1 - max(-1, min(1, milliseconds / top))) + 5

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="white"/>']
    for line in (-top, -top / 2, 0, top / 2, top):
        out.append(f'<line x1="{left}" x2="{width - 10}" y1="{y(line):.1f}" y2="{y(line):.1f}" stroke="#ddd"/>'
                   f'<text x="{left - 6}" y="{y(line) + 4:.1f}" text-anchor="end">{line:.2f}</text>')
    for moment, _, _, error, bound in samples:
        out.append(f'<line x1="{x(moment):.1f}" x2="{x(moment):.1f}" y1="{y(-bound * 1e3):.1f}" y2="{y(bound * 1e3):.1f}" '
                   f'stroke="#9bc4e2" stroke-width="0.6"/>')
    colours = ["#b03060", "#207020", "#d08000"]
    for moment, source, _, error, _ in samples:
        out.append(f'<circle cx="{x(moment):.1f}" cy="{y(error * 1e3):.1f}" r="1.3" fill="{colours[source]}"/>')
    out.append(f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">seconds since the clocks were bent; dots: error of '
               'each offset in ms, by the node that says it; blue: its bound</text></svg>')
    pathlib.Path(path).write_text("\n".join(out) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--one-way", type=float, default=0, help="n1 gets everything from n2 so many ms late")
    parser.add_argument("--svg")
    options = parser.parse_args()
    urls = [f"http://127.0.0.1:{port}" for port in free_ports(3)]
    samples, outside = [], 0
    with tempfile.TemporaryDirectory() as folder:
        nodes = [Node(options.program, urls, number, folder) for number in range(3)]
        try:
            await_leader(nodes)
            for node in nodes:
                node.bend(options.seconds + 120)
            if options.one_way:
                ask(urls[0], "/faults", {"kind": "delay", "peers": [urls[1]], "direction": "in", "value": options.one_way,
                                         "for_s": options.seconds + 120})
            time.sleep(5)  # until every node has told its clock's jump, and was asked since
            begun = time.time()
            while time.time() - begun < options.seconds:
                for one in sample(nodes, begun):
                    samples.append(one)
                    outside += abs(one[3]) > one[4]
                time.sleep(0.05)
        finally:
            for node in nodes:
                node.end()
    errors = [abs(error) * 1e3 for *_, error, _ in samples]
    bounds = [bound * 1e3 for *_, bound in samples]
    print(f"| samples | outside their bound | error p50 ms | p99 | max | bound p50 ms | p99 |\n|---|---|---|---|---|---|---|\n"
          f"| {len(samples)} | {outside} | {percentile(errors, 0.5):.3f} | {percentile(errors, 0.99):.3f} | "
          f"{max(errors):.3f} | {percentile(bounds, 0.5):.3f} | {percentile(bounds, 0.99):.3f} |")
    if options.svg:
        draw(samples, options.svg, options.seconds)
    return 1 if outside or not samples else 0


if __name__ == "__main__":
    sys.exit(main())
