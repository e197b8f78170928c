"""One peer over the same pages: clean_peer.py NAME SECONDS FILE…; prints pages, bytes, seconds, processor seconds, peak kB, failures.

Pages are read and decoded before the clock starts, so that it measures extraction alone; it stops after SECONDS.
"""
import gzip
import logging
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def trafilatura():
    from trafilatura import bare_extraction
    return lambda html: bare_extraction(html, with_metadata=True)


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    return lambda html: extract_plain_text(html, main_content=True)


def readability():
    from readability import Document
    return lambda html: Document(html).summary()


def newspaper():
    from newspaper import Article
    from newspaper.configuration import Configuration
    config = Configuration()
    config.fetch_images = False  # else it asks the net

    def run(html):
        article = Article("https://page.example/", config=config)
        article.download(input_html=html)
        article.parse()
    return run


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return file.read()


def main():
    name, most = sys.argv[1], float(sys.argv[2])
    run = {"trafilatura": trafilatura, "resiliparse": resiliparse, "readability-lxml": readability, "newspaper4k": newspaper}[name]()
    raw = [read(path) for path in sys.argv[3:]]
    pages = [(len(page), page.decode("utf-8", "replace")) for page in raw]
    try:
        run(pages[0][1])  # loads its tables
    except Exception:
        pass
    count = size = failed = 0
    start, cpu = time.perf_counter(), time.process_time()
    for length, text in pages:
        try:
            run(text)
        except Exception:  # a peer that fails on a page goes on with the next
            failed += 1
        count += 1
        size += length
        if time.perf_counter() - start > most:
            break
    seconds = time.perf_counter() - start
    print(count, size, seconds, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, failed)


main()
