#!/usr/bin/env python3
"""`runut serve`: every path of src/serve/openapi.json answers as the document says, and nothing else is answered."""
import gzip
import json
import re
import time
import urllib.parse
import xml.etree.ElementTree as ET

from documented import (API, DOCUMENT, Server, check, check_guards, check_problem, follows_named, multipart, operations,
                    parameters_of, resolved, strictly, validator)
from serving import CAPTURES, store
from tap import ROOT, equal, holds, main, runut

LISTINGS = {"/stories": "story", "/events": "event", "/articles": "article", "/search": "article", "/quotes": None}
REPORT = ("Nelayan Contoh Temukan Kapal Karam\n\nLOKAPALA POS, Kotabaru - Nelayan menemukan kapal karam di Teluk Contoh pada "
          "Senin (4/9/2023).\n\n\"Kapal itu sudah lama hilang,\" kata Juru Contoh.\n\nSiti Percobaan, warga setempat, mengatakan "
          "kapal itu bernama Contoh Jaya dan berlayar dari Pelabuhan Contoh.\n").encode()


def asked(path, operation):
    """A request of the operation with what it needs and no more: (path, parameters), from the document's examples."""
    query = {}
    for p in parameters_of(path, operation):
        example = p["schema"].get("examples", [None])[0]
        if p["in"] == "path":
            path = path.replace("{" + p["name"] + "}", example)
        elif p.get("required"):
            query[p["name"]] = example
    return path, query


def address(path, query):
    return API + path + ("?" + urllib.parse.urlencode(query) if query else "")


def ask(server, path, query, method="GET", **more):
    answer = server.ask(method, address(path, query), **more)
    check(method, path, answer)
    return answer


def problem(server, wanted, method, target, **more):
    answer = server.ask(method, target, **more)
    assert answer.status == wanted, f"{method} {target}: wanted {wanted}, got {answer!r}"
    check_guards(answer)
    if method != "HEAD":
        check_problem(answer)
    return answer


def reads():
    """Operations that only read and end by themselves."""
    return [(p, o) for m, p, _, o in operations() if m == "GET" and p != "/news"]


# ---- the document ----

def the_document_holds_together(folder):
    def walk(part):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
            if key == "$ref":
                resolved({"$ref": value})
            walk(value)
    walk(DOCUMENT)
    for name in DOCUMENT["components"]["schemas"]:
        v = validator(json.dumps({"$ref": "#/components/schemas/" + name}))
        v.check_schema(DOCUMENT["components"]["schemas"][name])
    names = [o["operationId"] for *_, o in operations()]
    equal(len(names), len(set(names)))
    for _, path, _, operation in operations():
        equal(set(re.findall(r"\{(\w+)\}", path)), {p["name"] for p in parameters_of(path, operation) if p["in"] == "path"})
        for p in parameters_of(path, operation):
            for example in p["schema"].get("examples", []):
                equal(list(validator(json.dumps(p["schema"])).iter_errors(example)), [])


def the_server_gives_the_document(folder):
    with Server(store(folder)) as s:
        answer = s.get("/openapi.json")
        equal(answer.json(), DOCUMENT)
        equal(answer.json()["info"]["version"], runut("--version").out.split()[-1])


def routes():
    """{(method, path): parameters} of the server's table, from its source."""
    text = (ROOT / "src/serve/routes.c").read_text(encoding="utf-8")
    for name, meaning in reversed(re.findall(r"#define (\w+) (.+)", text)):
        text = re.sub(rf"\b{name}\b", meaning, text)
    rows = {}
    for m in re.finditer(r'\{\.methods = ([^,]+),\s*\.path = "api/v1/([^"]*)",([^{}]*)\}', text):
        named = re.search(r'\.parameters = ((?:\s*"[^"]*")+)', m[3])
        for method in re.findall(r"GET|POST|DELETE", m[1]):
            rows[method, "/" + m[2]] = " ".join(re.findall(r'"([^"]*)"', named[1])).split() if named else []
    return rows


def every_route_is_documented_and_the_reverse(folder):
    of_document = {(m, re.sub(r"\{\w+\}", "*", p)): sorted(x["name"] for x in parameters_of(p, o) if x["in"] == "query")
                   for m, p, _, o in operations()}
    of_server = {route: sorted(named) for route, named in routes().items()}
    assert len(of_server) > 8, of_server
    equal(sorted(of_server.keys() ^ of_document.keys()), [])
    for route, named in of_document.items():
        equal((route, of_server[route]), (route, named))


# ---- what is asked as documented ----

def each_example_gets_what_is_documented(folder):
    with Server(store(folder)) as s:
        for path, operation in reads():
            base, query = asked(path, operation)
            answer = ask(s, base, query)
            assert answer.status == 200 and answer.body, (path, answer)
            for p in parameters_of(path, operation):
                values = p["schema"].get("examples", []) + p["schema"].get("enum", [])
                for value in values if p["in"] == "query" else []:
                    answer = ask(s, base, {**query, p["name"]: value})
                    assert answer.status == 200 and answer.body, (path, p["name"], value, answer)


def wrong_values(p):
    """Values that the parameter's schema forbids."""
    schema = p["schema"]
    kind = schema.get("type")
    out = ["nonsense!"] if "enum" in schema or kind == "integer" or "pattern" in schema else []
    if kind == "integer":
        out += [schema["minimum"] - 1, "1.5", "", " 1", "1 ", "0x1", "+1", "99999999999999999999"]
        out += [schema["maximum"] + 1] if "maximum" in schema else []
    if not p.get("allowEmptyValue"):
        out.append("")
    if kind == "string" and "enum" not in schema:
        out += ["a\x00b", "a\nb"]
    valid = validator(json.dumps(schema))
    return [v for v in out if kind != "string" or "pattern" not in schema or list(valid.iter_errors(v))]


def each_wrong_value_is_a_400(folder):
    with Server(store(folder)) as s:
        for path, operation in reads():
            base, query = asked(path, operation)
            for p in parameters_of(path, operation):
                for value in wrong_values(p) if p["in"] == "query" else []:
                    problem(s, 400, "GET", address(base, {**query, p["name"]: value}))
            for p in parameters_of(path, operation):
                if p["in"] == "query" and p.get("required"):
                    problem(s, 400, "GET", address(base, {k: v for k, v in query.items() if k != p["name"]}))


def unknown_and_repeated_parameters_are_a_400(folder):
    with Server(store(folder)) as s:
        for path, operation in reads():
            base, query = asked(path, operation)
            answer = problem(s, 400, "GET", address(base, {**query, "colour": "red"}))
            holds(answer.json()["detail"], "colour")
            for name in query:
                problem(s, 400, "GET", address(base, query) + f"&{name}=x")


def bytes_that_are_no_text_are_a_400(folder):
    with Server(store(folder)) as s:
        for bad in ("%FF", "%C3%28", "%ED%A0%80", "%00", "%", "%zz", "%F4%90%80%80"):
            problem(s, 400, "GET", f"{API}/search?words={bad}")
            problem(s, 400, "GET", f"{API}/articles/{bad}")


def what_is_not_there_is_a_404(folder):
    with Server(store(folder)) as s:
        for path in ("/stories/s999", "/events/e999", "/articles/a999", "/articles/a999/lines", "/stories/s999/atom", "/nothing", "",
                     "/", "/stories/s3/", "/stories/s3/x", "/stories//s3", "/../v1/stories", "/compare/a1", "/Stories"):
            problem(s, 404, "GET", API + path)
        problem(s, 404, "GET", f"{API}/compare?a=a1&b=a999")
        problem(s, 404, "GET", f"{API}/between?one=Mongolia&other=Zebulonia")
        problem(s, 404, "GET", "/api/v2/stories")
        problem(s, 404, "GET", "/api")


def a_path_of_this_machine_is_never_read(folder):
    db = store(folder)
    secret = folder / "secret.txt"
    secret.write_text("Rahasia Besar\n\nKOTABARU - Rahasia ini tersimpan di berkas.\n", encoding="utf-8")
    with Server(db) as s:
        for name in (str(secret), "/etc/passwd", "../secret.txt", "secret.txt", "-", "/dev/stdin", str(folder)):
            for query in ({"a": "a1", "b": name}, {"a": name, "b": "a1"}):
                problem(s, 404, "GET", address("/compare", query))
            answer = s.ask("GET", f"{API}/articles/{urllib.parse.quote(name, safe='')}")
            equal((answer.status, b"Rahasia" in answer.body), (404, False))


def other_methods_are_a_405_with_those_allowed(folder):
    with Server(store(folder)) as s:
        for path, item in DOCUMENT["paths"].items():
            there = {m.upper() for m in item if m in ("get", "post", "delete")}
            there |= {"HEAD"} & {"HEAD" for m in there if m == "GET"}
            base, query = asked(path, item.get("get") or item.get("post"))
            for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - there:
                answer = problem(s, 405, method, address(base, query), body=b"" if method in ("POST", "PUT", "PATCH") else None)
                equal({m.strip() for m in answer.fields["allow"].split(",")} - {"OPTIONS"}, there)


def head_is_get_without_its_body(folder):
    with Server(store(folder)) as s:
        for path, operation in reads():
            base, query = asked(path, operation)
            whole, head = ask(s, base, query), ask(s, base, query, method="HEAD")
            equal((head.status, head.kind, head.body), (200, whole.kind, b""))
            equal(head.fields.get("etag"), whole.fields.get("etag"))
            if "content-length" in head.fields and "content-length" in whole.fields and path != "/metrics":
                equal(head.fields["content-length"], whole.fields["content-length"])


def an_answer_is_sent_once_until_something_changes(folder):
    db = store(folder)
    with Server(db) as s:
        for path, operation in reads():
            if "304" not in operation["responses"]:
                continue
            base, query = asked(path, operation)
            tag = ask(s, base, query).fields["etag"]
            for shown in (tag, f'"other", {tag}', "W/" + tag.removeprefix("W/"), "*"):
                equal((path, shown, ask(s, base, query, fields={"If-None-Match": shown}).status), (path, shown, 304))
            equal(ask(s, base, query, fields={"If-None-Match": '"other"'}).status, 200)
        tag = s.get("/stories").fields["etag"]
        assert tag != s.get("/stories", limit=3).fields["etag"]
        (folder / "new.txt").write_bytes(REPORT)
        equal(runut("--db", db, "add", "-q", folder / "new.txt").status, 0)
        equal(s.get("/stories", {"If-None-Match": tag}).status, 200)


# ---- what the answers say ----

def pages(server, path, limit, **query):
    after, out = None, []
    while True:
        page = server.get(path, limit=limit, **query, **({"after": after} if after else {})).json()
        assert len(page["items"]) <= limit
        out += page["items"]
        if not page["next"]:
            return out
        assert page["items"], "a page without items says that there are more"
        after = page["next"]


def pages_together_are_the_whole(folder):
    with Server(store(folder)) as s:
        for path in LISTINGS:
            orders = [p for p in parameters_of(path, DOCUMENT["paths"][path]["get"]) if p["name"] == "order"]
            for order in orders[0]["schema"]["enum"] if orders else [None]:
                more = {**({"order": order} if order else {}), **({"words": "kapal"} if path == "/search" else {})}
                whole = s.get(path, limit=200, **more).json()
                equal(whole["next"], None)
                assert len(whole["items"]) > 3, path
                for limit in (1, 2, len(whole["items"])):
                    equal((path, order, limit, pages(s, path, limit, **more)), (path, order, limit, whole["items"]))


def a_cursor_holds_while_articles_come_in(folder):
    db = store(folder)
    with Server(db) as s:
        for path, key in LISTINGS.items():
            if key is None:
                continue
            more = {"words": "kapal"} if path == "/search" else {}
            first = s.get(path, limit=2, **more).json()
            rest = s.get(path, limit=200, after=first["next"], **more).json()["items"]
            (folder / "new.txt").write_bytes(REPORT.replace(b"Contoh Jaya", path.encode()))
            equal(runut("--db", db, "add", "-q", folder / "new.txt").status, 0)
            later = s.get(path, limit=200, after=first["next"], **more).json()["items"]
            names = [i[key] for i in later]
            equal(len(names), len(set(names)))
            equal((path, {i[key] for i in rest} - set(names) - {i[key] for i in first["items"]}), (path, set()))


def broken_cursors_are_a_400(folder):
    with Server(store(folder)) as s:
        cursors = {path: s.get(path, limit=1, **({"words": "kapal"} if path == "/search" else {})).json()["next"] for path in LISTINGS}
        for path, cursor in cursors.items():
            more = {"words": "kapal"} if path == "/search" else {}
            for bad in (cursor[:-1] + "!", "x", "....", "-" * 500, "0", cursor + " "):
                problem(s, 400, "GET", address(path, {**more, "after": bad}))


def answers_are_those_of_the_program(folder):
    db = store(folder)

    def says(*words):
        return json.loads(runut("--db", db, *words, "--json").out)

    with Server(db) as s:
        for e in ("e1", "e4", "e12"):
            equal(s.get(f"/events/{e}").json(), says("event", e))
        for t in ("s1", "s3", "s4"):
            equal(s.get(f"/stories/{t}").json(), says("story", t))
        for a in ("a1", "a5", "a28"):
            equal(s.get(f"/articles/{a}").json(), says("article", a))
        equal(s.get("/compare", a="a5", b="a6").json(), says("compare", "a5", "a6"))
        equal(s.get("/between", one="Mongolia", other="Vanuatu").json(), says("between", "Mongolia", "Vanuatu"))
        said = [json.loads(line) for line in runut("--db", db, "quotes", "--json", "--reported").out.splitlines()]
        equal(s.get("/quotes", reported=1, limit=200).json()["items"], said)
        equal(s.get("/export").body.decode(), runut("--db", db, "export").out)


def items_tell_what_the_whole_tells(folder):
    with Server(store(folder)) as s:
        stories = s.get("/stories", limit=200).json()["items"]
        for item in stories:
            whole = s.get(f"/stories/{item['story']}").json()
            events = whole["events"]
            equal({k: v for k, v in item.items() if k != "events"}, {k: v for k, v in whole.items() if k != "events"})
            equal((item["events"], item["articles"]), (len(events), sum(len(e["reports"]) for e in events)))
            equal(item["origins"], len({o for e in events for o in e["origins"]}))
            equal(set(item["languages"]), {r["inLanguage"] for e in events for r in e["reports"]})
            equal(item["disagreements"], sum(e["disagreements"] for e in events))
            days = [r["dateInferred"] for e in events for r in e["reports"] if r["dateInferred"]]
            equal(sum(item["volume"]["counts"]) if item["volume"] else 0, len(days))
            equal(item["volume"] and item["volume"]["from"] <= min(days), bool(days) or None)
        equal([i["lastDate"] for i in stories], sorted((i["lastDate"] for i in stories), key=lambda d: d or "", reverse=True))
        most = [i["origins"] for i in s.get("/stories", order="origins", limit=200).json()["items"]]
        equal(most, sorted(most, reverse=True))
        for item in s.get("/articles", limit=200).json()["items"]:
            whole = s.get(f"/articles/{item['article']}").json()
            equal({k: whole[k] for k in item if k != "added"}, {k: v for k, v in item.items() if k != "added"})
        names = [i["article"] for i in s.get("/articles", limit=200).json()["items"]]
        equal(names, [f"a{n}" for n in range(1, 31)])
        equal([i["article"] for i in s.get("/articles", limit=200, order="new").json()["items"]], names[::-1])


def filters_narrow_to_what_they_say(folder):
    with Server(store(folder)) as s:
        whole = {a["article"]: a for a in (s.get(f"/articles/a{n}").json() for n in range(1, 31))}
        for query, fits in ((dict(lang="id"), lambda a: a["inLanguage"] == "id"),
                            (dict(publisher="Pesisir Kini"), lambda a: a["publisher"] == "Pesisir Kini"),
                            (dict(event="e4"), lambda a: a["event"] == "e4"), (dict(story="s3"), lambda a: a["story"] == "s3"),
                            (dict(since="2023-08-18", until="2023-09"), lambda a: "2023-08-18" <= (a["dateInferred"] or "") <= "2023-09-30"),
                            (dict(person="Guntur"), lambda a: any("Guntur" in p["name"] for p in a["people"])),
                            (dict(story="s3", lang="ms"), lambda a: a["story"] == "s3" and a["inLanguage"] == "ms")):
            wanted = {name for name, a in whole.items() if fits(a)}
            assert wanted, query
            equal((query, {i["article"] for i in s.get("/articles", limit=200, **query).json()["items"]}), (query, wanted))
            equal((query, {i["event"] for i in s.get("/events", limit=200, **query).json()["items"]}),
                  (query, {whole[n]["event"] for n in wanted}))
            equal((query, {i["story"] for i in s.get("/stories", limit=200, **query).json()["items"]}),
                  (query, {whole[n]["story"] for n in wanted}))
            lines = [strictly(line)["article"] for line in s.get("/export", **query).body.splitlines()]
            equal((query, set(lines)), (query, wanted))
            said = s.get("/quotes", limit=200, **query).json()["items"]
            prints = [{i["article"], *(c["article"] for c in i["copies"])} for i in said]
            equal([p for p in prints if not p & wanted], [])


def search_finds_the_words_and_marks_them(folder):
    with Server(store(folder)) as s:
        items = s.get("/search", words="kapal").json()["items"]
        assert len(items) >= 4
        for item in items:
            assert re.search("\x01kapal\\w*\x02", item["snippet"], re.I), item["snippet"]
        days = [i["dateInferred"] or "" for i in s.get("/search", words="kapal", order="new").json()["items"]]
        equal(days, sorted(days, reverse=True))
        equal(s.get("/search", words="zzzyyyxxx").json(), {"items": [], "next": None})
        for odd in ('"', '""', "NEAR(", "a*", "^", "-", "AND", "kapal OR", "{x}", "col:kapal", "'", "\\"):
            assert s.get("/search", words=odd).status in (200, 400), odd


def suggestions_are_values_that_are_there(folder):
    with Server(store(folder)) as s:
        whole = [s.get(f"/articles/a{n}").json() for n in range(1, 31)]
        items = s.get("/values", of="publisher", begins="").json()["items"]
        equal([i["articles"] for i in items], sorted((i["articles"] for i in items), reverse=True))
        for item in items:
            equal(item["articles"], sum(a["publisher"] == item["value"] for a in whole))
        holds([i["value"] for i in s.get("/values", of="publisher", begins="pes").json()["items"]], "Pesisir Kini")
        holds([i["value"] for i in s.get("/values", of="publisher", begins="kin").json()["items"]], "Pesisir Kini")
        equal({i["value"] for i in s.get("/values", of="language").json()["items"]}, {"id", "en", "ms"})
        holds([i["value"] for i in s.get("/values", of="person", begins="guntur").json()["items"]], "Guntur Adiwijaya")
        equal(len(s.get("/values", of="place", limit=3).json()["items"]), 3)


def dropped_lines_are_of_the_capture_and_not_of_the_body(folder):
    with Server(store(folder)) as s:
        found = 0
        for n in range(1, 31):
            article = s.get(f"/articles/a{n}").json()
            lines = s.get(f"/articles/a{n}/lines").json()["lines"]
            at = [line["at"] for line in lines]
            equal(at, sorted(at))
            assert all(0 <= x <= len(article["articleBody"].encode()) for x in at)
            found += len(lines)
        assert found > 30, found


def feeds_are_atom(folder):
    atom = "{http://www.w3.org/2005/Atom}"
    with Server(store(folder)) as s:
        for path, query, wanted in (("/stories/s3/atom", {}, {"a5", "a10"}), ("/search/atom", {"words": "kapal"}, {"a5", "a6"})):
            feed = ET.fromstring(s.get(path, **query).body)
            equal(feed.tag, atom + "feed")
            for key in ("id", "title", "updated"):
                assert feed.findtext(atom + key), key
            entries = feed.findall(atom + "entry")
            ids = [e.findtext(atom + "id") for e in entries]
            equal(len(ids), len(set(ids)))
            links = {e.find(atom + "link").get("href").rsplit("/", 1)[-1] for e in entries}
            assert wanted <= links, links
            for e in entries:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", e.findtext(atom + "updated"))
                assert e.findtext(atom + "title")
            assert any(line.get("rel") == "self" for line in feed.findall(atom + "link"))


def metrics_are_what_prometheus_reads(folder):
    with Server(store(folder)) as s:
        s.get("/stories")
        text = s.get("/metrics").body.decode()
        kinds, seen = {}, set()
        for line in text.splitlines():
            if line.startswith("#"):
                word, name, rest = re.fullmatch(r"# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)", line).groups()
                if word == "TYPE":
                    kinds[name] = rest
                continue
            m = re.fullmatch(r'([a-z_:][a-z0-9_:]*)(\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})? (-?[0-9.e+-]+|\+Inf|NaN)', line)
            assert m, line
            equal((line, (m[1], m[2]) in seen), (line, False))
            seen.add((m[1], m[2]))
            assert m[1] in kinds or re.sub("_(bucket|sum|count)$", "", m[1]) in kinds, line
        holds(text, "runut_store_articles 30\n")
        holds(text, "\n# TYPE")


def health_counts(folder):
    with Server(store(folder)) as s:
        got = s.get("/health").json()
        equal((got["articles"], got["stories"], got["writable"]), (30, 9, True))


# ---- adding ----

def each_kind_of_body_is_added(folder):
    with Server(folder / "s.db") as s:
        content = DOCUMENT["paths"]["/articles"]["post"]["requestBody"]["content"]
        stored = 0
        for kind, media in content.items():
            if "example" not in media:
                continue
            body = media["example"] if isinstance(media["example"], str) else json.dumps(media["example"])
            answer = s.ask("POST", f"{API}/articles", body=body.encode(), fields={"Content-Type": kind})
            check("POST", "/articles", answer)
            got = answer.json()
            equal((kind, answer.status, got["stored"], got["rejected"]), (kind, 200, 1, 0))
            stored += got["stored"]
            article = s.get(f"/articles/{got['items'][0]['article']}").json()
            holds(article["articleBody"], "Kapal Contoh tiba")
            again = s.ask("POST", f"{API}/articles", body=body.encode(), fields={"Content-Type": kind + "; charset=utf-8"})
            check("POST", "/articles", again)
            equal((kind, again.json()["known"]), (kind, 1))
        equal(s.get("/health").json()["articles"], stored)


def many_files_are_added_at_once(folder):
    files = [(p.name, p.read_bytes()) for p in sorted(CAPTURES.iterdir())]
    body, kind = multipart(*files)
    with Server(folder / "s.db") as s:
        answer = s.ask("POST", f"{API}/articles", body=body, fields={"Content-Type": kind})
        check("POST", "/articles", answer)
        got = answer.json()
        equal((got["stored"], got["known"], got["rejected"], len(got["items"])), (30, 0, 0, 30))
        equal({i["file"] for i in got["items"]} - {"wire.jsonl"}, {name for name, _ in files} - {"wire.jsonl"})
        equal(s.get("/health").json()["stories"], 9)
        equal(s.get("/articles/ferry-01.txt").json()["file"], "ferry-01.txt")
        packed, kind = multipart(("packed.txt.gz", gzip.compress(REPORT)))
        got = s.ask("POST", f"{API}/articles", body=packed, fields={"Content-Type": kind}).json()
        equal((got["stored"], got["items"][0]["headline"]), (1, "Nelayan Contoh Temukan Kapal Karam"))


def what_is_added_is_named(folder):
    with Server(folder / "s.db") as s:
        answer = s.ask("POST", f"{API}/articles?name=from%2Fdesk.txt", body=REPORT, fields={"Content-Type": "text/plain"})
        check("POST", "/articles", answer)
        equal(answer.json()["items"][0]["file"], "from/desk.txt")
        equal(s.get("/articles/a1").json()["file"], "from/desk.txt")


def broken_captures_are_told_and_stop_nothing(folder):
    body, kind = multipart(("good.txt", REPORT), ("bad.jsonl", b'{"headline": "x", "articleBody"\n{"articleBody": "Kapal lain."}\n'),
                           ("empty.txt", b""))
    with Server(folder / "s.db") as s:
        answer = s.ask("POST", f"{API}/articles", body=body, fields={"Content-Type": kind})
        check("POST", "/articles", answer)
        got = answer.json()
        assert got["stored"] >= 1 and got["rejected"] >= 1, got
        for item in got["items"]:
            equal("error" in item, item["status"] == "rejected")
        holds({i["file"] for i in got["items"] if i["status"] == "rejected"}, "bad.jsonl")


def bodies_of_other_kinds_are_refused(folder):
    with Server(folder / "s.db") as s:
        for kind in ("image/png", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x", "text", "text/plain/x", ""):
            problem(s, 415, "POST", f"{API}/articles", body=REPORT, fields={"Content-Type": kind})
        problem(s, 415, "POST", f"{API}/articles", body=REPORT)
        for kind, body in (("multipart/form-data", REPORT), ("multipart/form-data; boundary=", REPORT),
                           ("multipart/form-data; boundary=x", REPORT), ("multipart/form-data; boundary=x", b"--x--\r\n"),
                           ("text/plain", b"")):
            problem(s, 400, "POST", f"{API}/articles", body=body, fields={"Content-Type": kind})
        equal(s.get("/health").json()["articles"], 0)


def a_server_that_only_reads_adds_nothing(folder):
    with Server(store(folder), "--read-only") as s:
        equal(s.get("/health").json()["writable"], False)
        answer = s.ask("POST", f"{API}/articles", body=REPORT, fields={"Content-Type": "text/plain"})
        check("POST", "/articles", answer)
        equal(answer.status, 403)
        equal(s.get("/health").json()["articles"], 30)


# ---- live news ----

class News:
    """A connection to /news that is read event by event."""

    def __init__(self, server, query="", fields=()):
        import http.client
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
        self.connection.request("GET", f"{API}/news{query}", headers=dict(fields))
        self.answer = self.connection.getresponse()
        equal((self.answer.status, self.answer.getheader("Content-Type").partition(";")[0]), (200, "text/event-stream"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def next(self):
        event = {"event": "message", "data": "", "id": None}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(":")
            if name:
                event[name] = value.removeprefix(" ")
        return event["event"], event["id"], strictly(event["data"].encode()) if event["data"] else None


def news_tells_what_any_process_adds(folder):
    db = store(folder)
    (folder / "new.txt").write_bytes(REPORT)
    with Server(db) as s, News(s) as news:
        kind, _, data = news.next()
        follows_named("Hello", data)
        equal((kind, data), ("hello", {"newest": 30, "articles": 30}))
        equal(runut("--db", db, "add", "-q", folder / "new.txt").status, 0)
        kind, number, data = news.next()
        equal((kind, number, data["article"]), ("article", "31", "a31"))
        follows_named("ArticleItem", data)
        equal(data, s.get("/articles", order="new", limit=1).json()["items"][0])
        kind, _, changed = news.next()
        follows_named("Changed", changed)
        equal((kind, data["story"] in changed["stories"], data["event"] in changed["events"]), ("stories", True, True))
        s.ask("POST", f"{API}/articles", body=REPORT.replace(b"Kotabaru", b"Majene"), fields={"Content-Type": "text/plain"})
        equal(news.next()[:2], ("article", "32"))


def news_goes_on_where_it_stopped(folder):
    with Server(store(folder)) as s:
        for query, fields in (("?after=28", {}), ("", {"Last-Event-ID": "28"})):
            with News(s, query, fields) as news:
                got = [news.next() for _ in range(3)]
                equal([(kind, number) for kind, number, _ in got if kind == "article"], [("article", "29"), ("article", "30")])
        problem(s, 400, "GET", f"{API}/news?after=x")


def many_listen_and_leave(folder):
    with Server(store(folder)) as s:
        before = None
        for _ in range(3):
            listeners = [News(s) for _ in range(40)]
            for news in listeners:
                equal(news.next()[0], "hello")
            for news in listeners:
                news.connection.close()
            before = before or s.memory()
        assert s.get("/stories").status == 200 and s.memory() < before + 30000


# ---- who may ask ----

def a_token_is_wanted_where_one_is_set(folder):
    (folder / "token").write_text("long-and-secret-0123456789\n", encoding="ascii")
    db = store(folder)
    with Server(db, "--token-file", folder / "token") as s:
        token = {"Authorization": "Bearer long-and-secret-0123456789"}
        for path, operation in reads():
            base, query = asked(path, operation)
            free = operation.get("security") == []
            answer = s.ask("GET", address(base, query))
            check("GET", base, answer)
            equal((path, answer.status), (path, 200 if free else 401))
            equal((path, ask(s, base, query, fields=token).status), (path, 200))
        for bad in ("Bearer wrong", "Bearer", "Bearer long-and-secret-012345678", "Basic long-and-secret-0123456789", ""):
            problem(s, 401, "GET", f"{API}/stories", fields={"Authorization": bad})
        problem(s, 401, "POST", f"{API}/articles", body=REPORT, fields={"Content-Type": "text/plain"})


def a_session_carries_the_token(folder):
    (folder / "token").write_text("long-and-secret-0123456789\n", encoding="ascii")
    with Server(store(folder), "--token-file", folder / "token") as s:
        json_kind = {"Content-Type": "application/json"}
        for bad, status in ((b'{"token": "wrong"}', 401), (b"{", 400), (b'{"token": 5}', 400), (b"[]", 400), (b"{}", 400), (b"", 400)):
            answer = problem(s, status, "POST", f"{API}/session", body=bad, fields=json_kind)
            equal(answer.fields.get("set-cookie"), None)
        answer = s.ask("POST", f"{API}/session", body=b'{"token": "long-and-secret-0123456789"}', fields=json_kind)
        check("POST", "/session", answer)
        cookie = answer.fields["set-cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            holds(cookie, part)
        assert "long-and-secret" not in cookie, "the cookie is the token itself"
        shown = {"Cookie": cookie.partition(";")[0]}
        equal(s.get("/stories", shown).status, 200)
        problem(s, 401, "GET", f"{API}/stories", fields={"Cookie": shown["Cookie"][:-1] + "x"})
        answer = s.ask("DELETE", f"{API}/session", fields=shown)
        check("DELETE", "/session", answer)
        assert "Max-Age=0" in answer.fields["set-cookie"] or "1970" in answer.fields["set-cookie"]


def other_hosts_and_other_sites_are_refused(folder):
    with Server(store(folder)) as s:
        here = f"127.0.0.1:{s.port}"
        for host in ("evil.example", f"evil.example:{s.port}", "127.0.0.1.evil.example", f"127.0.0.1:{s.port + 1}"):
            got = s.raw(f"GET {API}/stories HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            assert got.startswith(b"HTTP/1.1 421 "), got[:200]
        for host in (here, f"localhost:{s.port}"):
            got = s.raw(f"GET {API}/stories HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            assert got.startswith(b"HTTP/1.1 200 "), got[:200]
        for fields in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                       {"Origin": f"http://127.0.0.1:{s.port + 1}"}, {"Sec-Fetch-Site": "same-site"}):
            problem(s, 403, "POST", f"{API}/articles", body=REPORT, fields={"Content-Type": "text/plain", **fields})
        equal(s.get("/health").json()["articles"], 30)
        answer = s.ask("POST", f"{API}/articles", body=REPORT, fields={"Content-Type": "text/plain", "Origin": f"http://{here}"})
        equal(answer.status, 200)
        equal([k for k in answer.fields if k.startswith("access-control")], [])


def an_open_address_wants_a_token(folder):
    result = runut("--db", store(folder), "serve", "--listen", "0.0.0.0:0")
    equal((result.status, result.out), (2, ""))
    holds(result.err, "token")


# ---- limits ----

def what_is_too_large_is_refused(folder):
    with Server(store(folder)) as s:
        got = s.raw(f"GET {API}/stories?words={'x' * 100000} HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\n\r\n".encode())
        assert re.match(rb"HTTP/1.1 (414|431|400) ", got), got[:200]
        answer = s.ask("GET", f"{API}/stories?words={'x' * 9000}")
        assert answer.status in (400, 414), answer
        many = "".join(f"X-Field-{i}: {'y' * 500}\r\n" for i in range(500))
        got = s.raw(f"GET {API}/stories HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\n{many}\r\n".encode())
        assert re.match(rb"HTTP/1.1 431 ", got), got[:200]
        got = s.raw((f"POST {API}/articles HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\nContent-Type: text/plain\r\n"
                     "Content-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n").encode())
        assert re.match(rb"HTTP/1.1 413 ", got), got[:200]
        equal(s.get("/stories").status, 200)


def too_many_requests_are_refused_for_a_while(folder):
    with Server(store(folder), "--rate", 5) as s:
        answers = [s.ask("GET", f"{API}/stories?limit=1") for _ in range(60)]
        late = [a for a in answers if a.status == 429]
        assert late and answers[0].status == 200, [a.status for a in answers]
        check_problem(late[0])
        wait = int(late[0].fields["retry-after"])
        assert 1 <= wait <= 60
        time.sleep(wait)
        equal(s.ask("GET", f"{API}/stories?limit=1").status, 200)


def many_ask_at_one_time(folder):
    import threading
    wrong = []

    def client(server):
        for path in ("/stories", "/events", "/articles/a5", "/search?words=kapal", "/compare?a=a5&b=a6") * 4:
            try:
                answer = server.ask("GET", API + path)
                check("GET", path, answer)
                equal(answer.status, 200)
            except Exception as error:  # is told where it can be seen
                wrong.append(f"{path}: {error}")

    with Server(store(folder)) as s:
        threads = [threading.Thread(target=client, args=(s,)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    equal(wrong, [])


def it_ends_while_somebody_listens(folder):
    start = time.monotonic()
    with Server(store(folder)) as s:
        news = News(s)
        equal(news.next()[0], "hello")
    assert time.monotonic() - start < 30


def the_page_itself_is_there(folder):
    with Server(store(folder)) as s:
        for path in ("/", "/stories", "/stories/s3", "/events/e7", "/articles/a12", "/compare?a=a1&b=a2", "/search?words=x", "/add"):
            answer = s.ask("GET", path)
            check_guards(answer)
            equal((path, answer.status, answer.kind), (path, 200, "text/html"))
            holds(answer.fields["content-security-policy"], "require-trusted-types-for 'script'")
            for asset in re.findall(rb'(?:src|href)="(/assets/[^"]+)"', answer.body):
                got = s.ask("GET", asset.decode())
                equal((asset, got.status), (asset, 200))
                holds(got.fields["cache-control"], "immutable")
        problem(s, 404, "GET", "/nothing/here")
        problem(s, 404, "GET", "/assets/nothing.js")


main([the_document_holds_together, the_server_gives_the_document, every_route_is_documented_and_the_reverse,
      each_example_gets_what_is_documented, each_wrong_value_is_a_400, unknown_and_repeated_parameters_are_a_400,
      bytes_that_are_no_text_are_a_400, what_is_not_there_is_a_404, a_path_of_this_machine_is_never_read,
      other_methods_are_a_405_with_those_allowed, head_is_get_without_its_body, an_answer_is_sent_once_until_something_changes,
      pages_together_are_the_whole, a_cursor_holds_while_articles_come_in, broken_cursors_are_a_400,
      answers_are_those_of_the_program, items_tell_what_the_whole_tells, filters_narrow_to_what_they_say,
      search_finds_the_words_and_marks_them, suggestions_are_values_that_are_there,
      dropped_lines_are_of_the_capture_and_not_of_the_body, feeds_are_atom, metrics_are_what_prometheus_reads, health_counts,
      each_kind_of_body_is_added, many_files_are_added_at_once, what_is_added_is_named, broken_captures_are_told_and_stop_nothing,
      bodies_of_other_kinds_are_refused, a_server_that_only_reads_adds_nothing, news_tells_what_any_process_adds,
      news_goes_on_where_it_stopped, many_listen_and_leave, a_token_is_wanted_where_one_is_set, a_session_carries_the_token,
      other_hosts_and_other_sites_are_refused, an_open_address_wants_a_token, what_is_too_large_is_refused,
      too_many_requests_are_refused_for_a_while, many_ask_at_one_time, it_ends_while_somebody_listens, the_page_itself_is_there])
