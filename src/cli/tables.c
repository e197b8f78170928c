/* The two tables that everything about the command line follows from: parsing, --help, completion, the manual. */
#include <stddef.h>

#include "cli.h"

const cli_command cli_commands[] = {
    {"add", "PATH…", 1, -1, "read captures into the store and relate them",
     "PATH is a file, a folder (read to its depth, in order of names) or - for standard input:\n"
     "text captures, saved pages, JSON Lines, feeds, mail, tables, web archives, tar and zip,\n"
     "also packed with gzip, zstd, bzip2 or xz. The kind is told by content (docs/inputs.md).\n"
     "Adding the same capture twice changes nothing. Broken records are listed on stderr\n"
     "and never stop the others. With --json, one line a capture, after it is safe on disk.",
     cli_add},
    {"watch", "FEED|OPML|FILE…", 1, -1, "fetch feeds and pages, and add what is new",
     "Each is an address of a feed (RSS, Atom, JSON Feed), of a list (OPML, sitemap) or of a page; or a file that\n"
     "holds a list, or one address a line. Reports that stand in the feed are added at once, others' links are\n"
     "fetched. Only this command asks the network. It asks only for what has changed, one thing at a time of a host,\n"
     "keeps to robots.txt, Crawl-delay and Retry-After, and goes on until it is stopped (Ctrl-C, SIGTERM); with\n"
     "--once after one pass. What it has seen is kept beside the store, in FILE-watch. Addresses of this machine\n"
     "and of private networks are refused. What failed is listed on stderr and tried again, ever more seldom.",
     cli_watch},
    {"stories", "", 0, 0, "list the stories, newest first", "", cli_stories},
    {"story", "ID", 1, 1, "one story: its events in order, who reports, who copied whom",
     "ID is what `runut stories` shows: s1, or just 1.", cli_story},
    {"event", "ID", 1, 1, "one event: reuse tree, origins, statements, disagreements",
     "ID is what `runut story` shows: e1, or just 1.", cli_event},
    {"article", "ID", 1, 1, "one article: clean text, its date and why, names, statements",
     "ID is a number (a1), the article's id or its beginning (8 characters or more), or its file.", cli_article},
    {"search", "WORDS…", 1, -1, "full text search, best match first",
     "All words must occur, in any form; \"several words\" in quotation marks are a phrase.", cli_search},
    {"quotes", "", 0, 0, "who said what, in order of time, with later prints of the words",
     "Under the report that had the words first stand those that print them later: the same, shortened,\n"
     "fuller, or altered, with the words that differ. --by finds a name by any part of it and in any form\n"
     "that a report prints; --about wants all its words in the quotation, in any form.",
     cli_quotes},
    {"between", "ACTOR ACTOR", 2, 2, "the dated, quoted timeline of what two actors have in common",
     "An ACTOR is a person, an organization or a place (\"Rusia\" \"Korea Utara\"), in any form or language that\n"
     "reports print; for a person a part of the name will do. Each line is an event whose reports name\n"
     "both in one sentence: its day, the sentence that says it best, who printed it, and how many\n"
     "origins the news has that do not lean on one another. --limit keeps the newest events.",
     cli_between},
    {"export", "", 0, 0, "print all that is known of each article, one JSON object a line",
     "--format csv is a table for spreadsheets, a row an article; html a page to print or hand out, with\n"
     "stories, events, and the reports of each (in Indonesian where $LANG is); atom a feed, the newest\n"
     "first. docs/export.md tells what each holds. All filters hold for all of them.",
     cli_export},
    {"serve", "", 0, 0, "the page in the browser, and the API, on this machine",
     "Prints the address when it can be asked, and runs until it is stopped (Ctrl-C, SIGTERM); what is in\n"
     "hand is finished then. What others add to the store meanwhile is served too. The address is this machine's\n"
     "alone (127.0.0.1) unless --listen says otherwise; any other wants a token, of 16 characters at least,\n"
     "which clients show as `Authorization: Bearer TOKEN` and the page asks for: $RUNUT_TOKEN or --token-file.\n"
     "There is no encryption: for more than a network that you trust, put a proxy with TLS before it and give\n"
     "the name that clients use as --host. Under /api/v1 answers the API that the page itself uses.",
     cli_serve},
    {"check", "", 0, 0, "is the store whole, and what of it is broken",
     "Looks at everything that the store holds: the file, its tables, every article, what refers to what,\n"
     "the sums that listings show, and the full text index (docs/upkeep.md tells what it cannot see). Each\n"
     "finding is a line, with its place. Nothing is changed; others may read and write the store meanwhile.\n"
     "Exit status: 0 the store is whole, 1 there are findings, 3 it cannot be read at all\n"
     "(no store, a newer schema, no permission).",
     cli_check},
    {"rebuild", "", 0, 0, "make a new store of the articles of a damaged one",
     "Index, relations and sums are made again, from every article that can be read, as if all were added at\n"
     "once. Articles keep their numbers (a12 stays a12); events and stories may get others. What cannot be read\n"
     "is told, a line each, and left out. The new store takes the place of the old one when it is complete and\n"
     "safe on the disk; until then, and in any other case, the old one is as it was. No other program may have\n"
     "it open. With --to the new store is another file, and the old one stays. Exit status: 0 all is in the\n"
     "new store, 1 something is not, 3 there is no new store.",
     cli_rebuild},
    {"import", "FILE|-", 1, 1, "make a store of what `runut export --whole` wrote",
     "The new store is the file of --db, which must not be there yet; it answers as the one that was\n"
     "exported, with the same numbers. FILE may be packed with gzip, zstd, bzip2 or xz; - is standard\n"
     "input. A file that was cut off or changed, or is of a newer format, is refused with its line and\n"
     "byte, and leaves no store. Exit status: 0 the store is there, 2 there is one already, 3 there is none.",
     cli_import},
    {"compare", "A B | --pairs FILE", 0, 2, "two reports side by side: shared, only in one, contradicting",
     "A and B are articles of the store (a12, an id, a file that was added) or captures on disk; where\n"
     "both are captures no store is needed. --pairs reads JSON Lines of {\"id\", \"a\", \"b\"} (FILE or - for\n"
     "standard input), where a and b are articles with schema.org's keys or names of articles of the\n"
     "store, and prints an object a pair, in order: similarity, sameEvent, sameStory, reuse, spans\n"
     "([offset in a, length, offset in b, length] in code points), what only one has, and why.",
     cli_compare},
    {"why", "A B", 2, 2, "what speaks for and against two reports telling of one event",
     "A and B as for `runut compare`. The weights add up to the score; where both are of the store its\n"
     "own decision stands beside it.",
     cli_why},
    {"clean", "[PATH|-]…", 0, -1, "captures in, clean articles out; needs no store",
     "PATH is what `runut add` takes; without one, standard input. One line of JSON a capture, in\n"
     "the order of the input, with the headline, outlet, authors and date as stated. As text: headline,\n"
     "blank line, one paragraph a line, and a line with a form feed between articles. As HTML: an\n"
     "<article> each, with the headings, lists, quotations and tables of the page (elsewhere each of\n"
     "their lines is one, a table's row with tabs between its cells). --explain shows how every line\n"
     "or block was judged, and why; with --format jsonl as JSON, with its form. Broken records are\n"
     "listed on stderr and never stop the others.",
     cli_clean},
    {"annotate", "[PATH|-]…", 0, -1, "captures in, what each article says out; needs no store",
     "PATH is what `runut add` takes; without one, standard input: also what `runut clean` prints.\n"
     "One line of JSON a capture, in the order of the input: the clean article, its language, dates with\n"
     "their evidence, names, statements and sources, each with the place of its words; and `fingerprint`\n"
     "and `blocks`, the keys on which an engine for large data can join articles. Each line depends on\n"
     "its capture alone, so the input may be split in any way. Broken records are listed on stderr.",
     cli_annotate},
    {"dedup", "[PATH|-]…", 0, -1, "JSON Lines in, near-duplicates marked or dropped; needs no store",
     "PATH is what `runut add` takes; without one, standard input. Every record comes out as it is, in the\n"
     "order of the input; one whose text an earlier record has gets two keys more: \"duplicateOf\", the id\n"
     "(else the url, else file:record) of the first record with the text, and \"similarity\" to the nearest.\n"
     "A text is the same where most of its runs of three words are, and most of its numbers and names:\n"
     "reports made of one template, with other figures, are none. --contained finds shortened copies too,\n"
     "and ones with much added. With --state a folder remembers what was seen, for more input another\n"
     "day; a run that was killed is taken up by the same command, which prints the same from the start.\n"
     "Broken records are listed on stderr and never stop the others.",
     cli_dedup},
    {"completion", "bash|fish|zsh", 1, 1, "print a completion script for the shell",
     "Try it: source <(runut completion bash), or runut completion fish | source.\n"
     "For zsh its place is a file _runut in a folder of $fpath.",
     cli_completion},
    {0},
};

#define FIELD(name) offsetof(cli, name)
#define LISTINGS " stories search quotes between export "
const cli_option cli_options[] = {
    {"db", 0, "FILE",
     " add watch compare why stories story event article search quotes between export serve check rebuild import ",
     "the store (default: $RUNUT_DB, else ./runut.db)", FIELD(db)},
    {"json", 0, NULL, " add watch check compare why stories story event article search quotes between ",
     "print JSON instead of text", FIELD(json)},
    {"since", 0, "DATE", LISTINGS, "from this day on (YYYY, YYYY-MM or YYYY-MM-DD)", FIELD(since)},
    {"until", 0, "DATE", LISTINGS, "up to this day", FIELD(until)},
    {"publisher", 0, "NAME", LISTINGS, "of this outlet", FIELD(publisher)},
    {"lang", 0, "CODE", LISTINGS, "in this language (id, en, ms, …)", FIELD(language)},
    {"person", 0, "NAME", LISTINGS, "that mention this person", FIELD(person)},
    {"place", 0, "NAME", LISTINGS, "that mention this place", FIELD(place)},
    {"organization", 0, "NAME", LISTINGS, "that mention this organization", FIELD(organization)},
    {"order", 0, "ORDER", " stories ", "new (default: newest first) or origins (most origins first)", FIELD(order)},
    {"by", 0, "NAME", " quotes ", "said by this person or body", FIELD(by)},
    {"about", 0, "WORDS", " quotes ", "with these words in what was said", FIELD(about)},
    {"reported", 0, NULL, " quotes ", "indirect speech too", FIELD(reported)},
    {"limit", 'n', "N", LISTINGS "watch ", "at most N (watch: pages in one pass, default 1000)", FIELD(limit)},
    {"color", 0, "WHEN", " add compare why stories story event article search quotes between ",
     "auto (default), always or never", FIELD(color)},
    {"format", 0, "FORMAT", " clean export ", "clean: jsonl (default), text, html; export: json, csv, html, atom",
     FIELD(format)},
    {"explain", 0, NULL, " clean ", "show every line with its verdict, score and reason", FIELD(explain)},
    {"agencies", 0, "FILE", " add watch annotate compare why serve ",
     "a table of more agencies and outlets (see docs/sources.md)", FIELD(agencies)},
    {"pairs", 0, "FILE", " compare ", "compare the pairs of this file of JSON Lines", FIELD(pairs)},
    {"threshold", 't', "N", " dedup ", "the least similarity of duplicates, 0.3 to 1 (default: 0.55, contained 0.7)",
     FIELD(threshold)},
    {"contained", 0, NULL, " dedup ", "compare with the shorter text alone, not with both", FIELD(contained)},
    {"drop", 0, NULL, " dedup ", "leave duplicates out", FIELD(drop)},
    {"state", 0, "FOLDER", " dedup ", "remember what was seen (made where it is missing)", FIELD(state)},
    {"memory", 0, "MIB", " dedup ", "memory for what was seen; more goes to disk (default: 1024)", FIELD(memory)},
    {"jobs", 'j', "N", " add watch clean annotate dedup compare serve ",
     "work on N captures (serve: questions) at a time (default: one a core)", FIELD(jobs)},
    {"listen", 0, "HOST:PORT", " serve ", "the address (default: 127.0.0.1:8750; port 0: any free one)", FIELD(listen)},
    {"host", 0, "NAME[:PORT]", " serve ", "a further name that clients reach it by", FIELD(host)},
    {"open", 0, NULL, " serve ", "show the page in the browser", FIELD(open)},
    {"token-file", 0, "FILE", " serve ", "the token is this file's first line", FIELD(token_file)},
    {"rate", 0, "N", " serve ", "requests a second from one address (default: 1000; 0: any number)", FIELD(rate)},
    {"read-only", 0, NULL, " serve ", "nothing can be added", FIELD(read_only)},
    {"once", 0, NULL, " watch ", "one pass, then end", FIELD(once)},
    {"every", 0, "SECONDS", " watch ", "look at each source so often, 60 to 604800 (default: 900)", FIELD(every)},
    {"delay", 0, "SECONDS", " watch ", "between two requests to one host, at least, 0 to 3600 (default: 2)",
     FIELD(delay)},
    {"timeout", 0, "SECONDS", " watch ", "that one request may take, 1 to 3600 (default: 30)", FIELD(timeout)},
    {"retry", 0, "SECONDS", " watch ", "until a failure is tried again, 1 to 86400; doubled each time (default: 60)",
     FIELD(retry)},
    {"allow-private", 0, NULL, " watch ", "also addresses of this machine and of private networks",
     FIELD(allow_private)},
    {"allow-networks", 0, "LIST", " watch ", "of these only those of networks such as 10.1.0.0/16,fd00::/8",
     FIELD(allow_networks)},
    {"no-rechecks", 0, NULL, " watch ", "look at pages again only when a feed says that they were changed",
     FIELD(no_rechecks)},
    {"to", 0, "FILE", " rebuild ", "write the new store to this file, which must not be there yet", FIELD(to)},
    {"whole", 0, NULL, " export ", "all that the store holds, to be imported; takes no filters", FIELD(whole)},
    {"quiet", 'q', NULL, " add watch check rebuild import dedup clean annotate ", "no progress, no summary",
     FIELD(quiet)},
    {"help", 'h', NULL, "*", "this help", FIELD(help)},
    {0},
};
