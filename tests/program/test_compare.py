#!/usr/bin/env python3
"""`runut compare` and `runut why`: two reports side by side, from the store or from disk, and pairs as JSON Lines."""
import json

from tap import ROOT, equal, holds, main, runut

CAPTURES = ROOT / "samples" / "captures"

FERRY = ("The ferry Silver Heron sank off Port Nerrin on Thursday night after striking a reef that is marked on every chart. "
         "Nine people died and 14 are missing, the harbour police said.\n"
         "Captain Joss Verrall was pulled from the water by a fishing boat. “We heard the hull go,” he said.")
OTHER = ("Eleven people died when the ferry Silver Heron hit a reef near Port Nerrin late on Thursday, the coast guard said.\n"
         "Its captain, Joss Verrall, survived and is being questioned in hospital.")


def article(body, **more):
    return {"inLanguage": "en", "articleBody": body, **more}


def pairs(*lines, words=(), status=0):
    text = "".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    result = runut("compare", "--pairs", "-", *words, stdin=text.encode())
    equal(result.status, status)
    return [json.loads(line) for line in result.out.splitlines()], result.err


def store(folder):
    equal(runut("--db", folder / "s.db", "add", "-q", CAPTURES).status, 0)
    return folder / "s.db"


def article_of(db, file):
    for line in runut("--db", db, "export").out.splitlines():
        record = json.loads(line)
        if record["file"].endswith(file):
            return record
    raise AssertionError(f"no {file}")


def a_reprint_in_the_store(folder):
    db = store(folder)
    result = runut("--db", db, "compare", "--json", article_of(db, "ferry-01.txt")["article"], "a6", cwd=folder)
    equal((result.status, result.err), (0, ""))
    got = json.loads(result.out)
    equal((got["sameEvent"], got["sameStory"]), (True, True))
    equal((got["reuse"]["kind"], got["reuse"]["of"]), ("reprint", "a"))
    assert got["similarity"] > .9 and got["shareOfB"] > .9
    equal({s["kind"] for s in got["shared"]}, {"verbatim"})
    holds(FERRY_HEADLINE := got["a"]["headline"], "Bintang Teduh")
    equal(got["a"]["event"], got["b"]["event"])
    assert got["b"]["headline"] == FERRY_HEADLINE


def files_need_no_store(folder):
    result = runut("compare", CAPTURES / "ferry-01.txt", CAPTURES / "kites-01.txt", cwd=folder)
    equal((result.status, result.err), (0, ""))
    holds(result.out, "Two events, no story in common")
    holds(result.out, "Only in A\n")
    assert not (folder / "runut.db").exists()
    for line in result.out.splitlines():
        assert len(line) <= 80, line


def what_moved_on_and_why(folder):
    db = store(folder)
    out = runut("--db", db, "compare", "a6", "a7").out
    holds(out, "What moved on between them")
    out = runut("--db", db, "why", "a5", "a9").out
    holds(out, "For and against one event\n")
    holds(out, "Two events of one story: score ")
    holds(out, "days: 11 days apart")
    holds(out, "In the store\na5 is of e")
    got = json.loads(runut("--db", db, "why", "--json", "a5", "a9").out)
    assert abs(sum(w["weight"] for w in got["why"]) - got["score"]) < .01


def reworded_reports_stand_sentence_by_sentence(folder):
    for name, body in (("a", FERRY), ("b", OTHER)):
        (folder / f"{name}.jsonl").write_text(json.dumps(article(body, headline="Ferry sinks off Port Nerrin")), encoding="utf-8")
    got = json.loads(runut("compare", "--json", folder / "a.jsonl", folder / "b.jsonl", cwd=folder).out)
    first = got["sentences"][0]
    equal((first["kind"], first["a"][:16], first["b"][:13]), ("reworded", "The ferry Silver", "Eleven people"))
    i, n, j, m = first["span"]
    equal((FERRY[i:i + n], OTHER[j:j + m]), (first["a"], first["b"]))
    holds(runut("compare", folder / "a.jsonl", folder / "b.jsonl", cwd=folder).out, "Shared, reworded\nA   The ferry Silver Heron")


def pairs_echo_id_of_any_type(folder):
    ids = [1, "x", None, [1, {"a": 2}], 1.5, True]
    got, err = pairs(*({"id": i, "a": article(FERRY), "b": article(OTHER)} for i in ids), {"a": article(FERRY), "b": article(FERRY)})
    equal(err, "")
    equal([g.get("id", "none") for g in got], ids + ["none"])
    equal(len({json.dumps({k: v for k, v in g.items() if k != "id"}) for g in got[:-1]}), 1)
    one = got[0]
    equal((one["sameEvent"], one["reuse"]), (True, None))
    equal([(d["about"], d["value"], d["otherValue"]) for d in one["disagreements"]], [("dead", "Nine", "Eleven")])
    equal(FERRY[one["disagreements"][0]["span"][0]:][:4], "Nine")
    assert one["why"]


def spans_are_code_points_of_what_was_given(folder):
    before = "  Dernière minute : l’été à Zürich, 東京 et Москва.\n\n\nRien d’autre à signaler ici, dit-on… \t "
    got, _ = pairs({"id": 1, "a": article(before + FERRY), "b": article(FERRY + "\r\n\r\nÜber alles wächst Gras.")})
    equal(len(got[0]["spans"]), 1)
    i, n, j, m = got[0]["spans"][0]
    equal((before + FERRY)[i:i + n], FERRY)
    equal(FERRY[j:j + m], FERRY)
    for offset, length in got[0]["onlyInA"]:
        assert (before + FERRY)[offset:offset + length].strip()


def broken_lines_are_told_and_the_others_go_on(folder):
    good = {"id": 2, "a": article(FERRY), "b": article(OTHER)}
    got, err = pairs('{"id": 1, "a": \n', good, "[1]\n", "\n", {"id": 3, "a": article(FERRY)}, {"id": 4, "a": {}, "b": article(OTHER)},
                     {"id": 5, "a": "a1", "b": article(OTHER)}, '{"id": 6} x\n', dict(good, id=7), status=1)
    equal([g["id"] for g in got], [2, 7])
    said = err.splitlines()
    equal(len(said), 6)
    holds(said[0], "record 1: byte 15: broken JSON: ends in the middle")
    holds(said[1], "record 3: byte ")
    holds(said[1], "not a JSON object")
    holds(said[2], "record 5: ")
    holds(said[2], "b: neither an article nor the name of one")
    holds(said[3], "a: neither articleBody (or text) nor html")
    holds(said[4], "a: ")
    holds(said[5], "more after the value")


def names_of_the_store_in_pairs(folder):
    db = store(folder)
    record = article_of(db, "ferry-01.txt")
    line = json.dumps({"id": 1, "a": record["article"], "b": {"articleBody": record["articleBody"], "inLanguage": "id",
                                                             "headline": record["headline"]}})
    (folder / "p.jsonl").write_text(line + "\n" + json.dumps({"id": 2, "a": "a999", "b": "a1"}) + "\n", encoding="utf-8")
    result = runut("--db", db, "compare", "--pairs", folder / "p.jsonl")
    equal(result.status, 1)
    got = json.loads(result.out)
    i, n, j, m = got["spans"][0]
    assert n == m and n > .9 * len(record["articleBody"]), got["spans"]
    holds(result.err, "p.jsonl: record 2: ")


def the_same_whatever_the_number_of_jobs(folder):
    lines = [{"id": k, "a": article(FERRY[k % 40:]), "b": article(OTHER * (1 + k % 3))} for k in range(60)]
    equal(pairs(*lines, words=("--jobs", "1")), pairs(*lines, words=("--jobs", "7")))


def html_and_other_keys(folder):
    page = f"<html><head><title>Ferry sinks</title></head><body><article><h1>Ferry sinks</h1><p>{FERRY}</p><p>{FERRY[::-1]}</p></article></body></html>"
    got, _ = pairs({"id": 1, "a": {"html": page}, "b": {"text": FERRY, "title": "Ferry sinks"}})
    assert got[0]["similarity"] > .8


def wrong_use_is_told(folder):
    for words, says in ((("compare",), "two reports, or --pairs FILE"), (("compare", "a1"), "two reports"),
                        (("compare", "a", "b", "--pairs", "x"), "either"), (("compare", "nowhere.txt", "nothing.txt"), "neither"),
                        (("why", "x"), "why")):
        result = runut(*words, cwd=folder)
        equal(result.status, 2)
        holds(result.err, says)
    equal(runut("compare", "--pairs", folder / "none.jsonl").status, 1)
    (folder / "two.jsonl").write_text((json.dumps(article(FERRY)) + "\n") * 2, encoding="utf-8")
    result = runut("compare", folder / "two.jsonl", CAPTURES / "ferry-01.txt", cwd=folder)
    equal(result.status, 2)
    holds(result.err, "more than one capture")


main([a_reprint_in_the_store, files_need_no_store, what_moved_on_and_why, reworded_reports_stand_sentence_by_sentence, pairs_echo_id_of_any_type,
      spans_are_code_points_of_what_was_given, broken_lines_are_told_and_the_others_go_on, names_of_the_store_in_pairs,
      the_same_whatever_the_number_of_jobs, html_and_other_keys, wrong_use_is_told])
