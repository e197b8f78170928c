#!/usr/bin/env python3
"""One peer of bench/read: read_peer.py NAME FILE. Prints pages, their bytes, processor seconds, seconds, peak kB. It takes what runut
takes: the body of each HTML response, its codings undone."""
import csv
import hashlib
import json
import sys
import time
import zlib


def fastwarc(path):
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    # auto_decode="all" would end after the first response that is both chunked and packed (2.0.1), so zlib does the rest
    for record in ArchiveIterator(path, record_types=WarcRecordType.response, auto_decode="transfer"):
        if record.http_content_type == "text/html" and record.http_headers.status_code == 200:
            body = record.reader.read()
            yield zlib.decompress(body, 31) if record.http_headers.get("Content-Encoding") == "gzip" else body


def warcio(path):
    from warcio.archiveiterator import ArchiveIterator
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and record.http_headers.get_statuscode() == "200" and (
                    record.http_headers.get_header("Content-Type") or "").startswith("text/html"):
                yield record.content_stream().read()


def python_json(path):
    with open(path, "rb") as lines:
        for line in lines:
            yield json.loads(line)["articleBody"].encode()


def feedparser(path):
    import feedparser as peer
    # runut leaves the markup to the cleaning, so nothing is sanitized or resolved here either
    for entry in peer.parse(str(path), sanitize_html=False, resolve_relative_uris=False).entries:
        yield entry.content[0].value.encode()


def json_array(path):
    with open(path, "rb") as array:
        for record in json.load(array):
            yield record["articleBody"].encode()


def fastfeedparser(path):
    import fastfeedparser as peer
    with open(path, "rb") as feed:
        for entry in peer.parse(feed.read()).entries:
            yield entry["content"][0]["value"].encode()


def atoma(path):
    import atoma as peer
    for item in peer.parse_rss_file(str(path)).items:
        yield item.content_encoded.encode()


def python_csv(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row["articleBody"].encode()


def peak():
    """kB; what getrusage says begins with what the parent had."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def main():
    peer = {"fastwarc": fastwarc, "warcio": warcio, "json": python_json, "json-array": json_array, "feedparser": feedparser, "fastfeedparser": fastfeedparser, "atoma": atoma, "csv": python_csv}[sys.argv[1]]
    start, used = time.perf_counter(), time.process_time()
    count = size = 0
    for body in peer(sys.argv[2]):
        count += 1
        size += len(body)
        hashlib.blake2b(body[:64])
    print(count, size, 0, time.process_time() - used, time.perf_counter() - start, peak())


main()
