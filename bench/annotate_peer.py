"""One peer over the same articles: annotate_peer.py NAME SECONDS FILE; prints articles, bytes, seconds, processor seconds, peak kB,
failures. FILE is what `runut clean` prints; it is read before the clock starts, which stops after SECONDS."""
import html
import json
import logging
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def dateparser():
    """All dates in the text, the language being known."""
    from dateparser.search import search_dates
    return lambda body, language: search_dates(body, languages=[language])


def htmldate():
    """One date of a page; the page is made before, of the same text."""
    from htmldate import find_date
    return lambda page, _: find_date(page)


def spacy():
    """Tokens and sentences."""
    import spacy as library
    models = {}

    def run(body, language):
        if language not in models:
            models[language] = library.blank(language)
            models[language].add_pipe("sentencizer")
            models[language].max_length = 1 << 30
        models[language](body)
    return run


def page(body):
    return "<html><body><article>" + "".join(f"<p>{html.escape(line)}</p>" for line in body.split("\n")) + "</article></body></html>"


def main():
    name, most = sys.argv[1], float(sys.argv[2])
    run = {"dateparser": dateparser, "htmldate": htmldate, "spacy": spacy}[name]()
    with open(sys.argv[3], encoding="utf-8") as file:
        articles = [a for a in map(json.loads, file) if a["articleBody"]]
    texts = [(len(a["articleBody"].encode()), page(a["articleBody"]) if name == "htmldate" else a["articleBody"], a["inLanguage"] or "en")
             for a in articles]
    try:
        run(*texts[0][1:])  # loads its tables
    except Exception:
        pass
    count = size = failed = 0
    start, cpu = time.perf_counter(), time.process_time()
    for length, text, language in texts:
        try:
            run(text, language)
        except Exception:  # a peer that fails on an article goes on with the next
            failed += 1
        count += 1
        size += length
        if time.perf_counter() - start > most:
            break
    seconds = time.perf_counter() - start
    print(count, size, seconds, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, failed)


main()
