/* Messages wait in a list; one found in another comes to its end. Of the parts of one the largest HTML and the largest
 * plain text are looked at: what is attached as a file is left out. */
#include "read/mail.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "read/markup.h"
#include "read/mime.h"
#include "read/rfc_date.h"

enum { MOST_MESSAGES = 1000, MOST_NESTED = 8, MOST_PEOPLE = 16 };

typedef struct message {
    runut_slice text;
    unsigned depth;
} message;

typedef struct mailbox {
    runut_reading *reading;
    runut_arena *arena;
    RUNUT_VECTOR(message) messages;
    const message *open;
    runut_mime_part html, plain; /* of the open one; no type = none */
} mailbox;

/* ---- is it mail? ---- */

static bool is_one_of(runut_slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runut_slice_equal_nocase(name, runut_slice_of(names[i])))
            return true;
    return false;
}

bool runut_mail_is(runut_slice start)
{
    static const char *const sure[] = {"MIME-Version",   "Message-ID",   "Received",
                                       "Return-Path",    "Delivered-To", "Snapshot-Content-Location",
                                       "DKIM-Signature", "X-Mailer"};
    static const char *const likely[] = {"From", "To", "Subject", "Date", "Content-Type", "Sender", "Reply-To", "Cc"};
    enum { ENOUGH = 200 };
    unsigned certain = 0, usual = 0;
    runut_slice line;
    if (runut_slice_starts(start, RUNUT_LITERAL("From ")))
        runut_slice_line(&start, &line); /* as mailboxes have it */
    for (size_t i = 0; i < ENOUGH && runut_slice_line(&start, &line) && line.size; i++) {
        runut_slice copy = line, name, value;
        if (line.at[0] == ' ' || line.at[0] == '\t') {
            if (i == 0)
                return false;
            continue;
        }
        if (!runut_mime_next_header(&copy, &name, &value))
            return start.size == 0 && certain && usual > 1; /* the last line that is there may be cut */
        certain += is_one_of(name, sure, sizeof sure / sizeof *sure);
        bool address = runut_slice_equal_nocase(name, RUNUT_LITERAL("From")) && value.size &&
                       !memchr(value.at, '@', value.size) && !memchr(value.at, '<', value.size);
        usual += !address && is_one_of(name, likely, sizeof likely / sizeof *likely);
    }
    return (certain && usual) || usual >= 4;
}

/* ---- the parts of one message ---- */

static int on_part(void *context, const runut_mime_part *part)
{
    mailbox *self = context;
    runut_slice disposition = runut_mime_header(self->arena, part->head, "Content-Disposition");
    if (runut_slice_is(part->type, "message/rfc822") || runut_slice_is(part->type, "message/global")) {
        if (self->open->depth < MOST_NESTED && self->messages.size < MOST_MESSAGES) {
            message m = {part->body, self->open->depth + 1};
            size_t open = (size_t)(self->open - self->messages.at);
            RUNUT_PUSH(self->arena, self->messages, m);
            self->open = &self->messages.at[open];
        }
        return 0;
    }
    if (runut_slice_starts_nocase(disposition, RUNUT_LITERAL("attachment")))
        return 0;
    bool html = runut_slice_is(part->type, "text/html") || runut_slice_is(part->type, "application/xhtml+xml");
    bool plain = runut_slice_is(part->type, "text/plain") ||
                 runut_slice_starts(part->type, RUNUT_LITERAL("multipart/")); /* that names no boundary */
    runut_mime_part *kept = html ? &self->html : &self->plain;
    if ((html || plain) && part->body.size > kept->body.size)
        *kept = *part;
    return 0;
}

static runut_slice decoded(mailbox *self, const runut_mime_part *part)
{
    return runut_mime_decode(self->arena, part->body,
                             runut_mime_header(self->arena, part->head, "Content-Transfer-Encoding"));
}

/* The pages that browsers save: their headers are not the page's. */
static bool is_saved_page(mailbox *self, runut_slice head, const runut_mime_part *html)
{
    if (runut_mime_header(self->arena, head, "Snapshot-Content-Location").size ||
        runut_slice_starts_nocase(runut_mime_header(self->arena, head, "From"), RUNUT_LITERAL("<Saved by")))
        return true;
    return runut_mime_header(self->arena, html->head, "Content-Location").size &&
           !runut_mime_header(self->arena, head, "To").size && !runut_mime_header(self->arena, head, "Received").size;
}

/* ---- what the headers state ---- */

/* Without "Re:", "Fwd:" and their like in other languages. */
static runut_slice subject_of(runut_slice text)
{
    static const char *const marks[] = {
        "re:", "fwd:", "fw:",  "aw:",   "wg:",     "sv:", "tr:",  "rv:",  "enc:", "rif:",
        "i:",  "bls:", "trs:", "antw:", "doorst:", "vs:", "ynt:", "ilt:", "res:"};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (runut_slice_starts_nocase(text, runut_slice_of(marks[i]))) {
                text = runut_slice_trim(runut_slice_part(text, strlen(marks[i]), text.size));
                more = true;
            }
    }
    return text;
}

/* Several people have commas between them, but a name in quotation marks may hold one. */
static void read_people(mailbox *self, runut_slice header, runut_slices *people)
{
    bool quoted = false;
    for (size_t i = 0, from = 0; i <= header.size && people->size < MOST_PEOPLE; i++) {
        quoted ^= i < header.size && header.at[i] == '"';
        if (i < header.size && (quoted || header.at[i] != ','))
            continue;
        runut_slice name = runut_mime_person(runut_slice_part(header, from, i));
        name = runut_mime_words(self->arena, name);
        if (name.size)
            RUNUT_PUSH(self->arena, *people, name);
        from = i + 1;
    }
}

static runut_slice in_angles(runut_slice text)
{
    return text.size > 1 && text.at[0] == '<' && text.at[text.size - 1] == '>'
               ? runut_slice_part(text, 1, text.size - 1)
               : text;
}

static void state_mail(mailbox *self, runut_slice head, runut_capture *capture)
{
    runut_arena *arena = self->arena;
    capture->headline = subject_of(runut_mime_words(arena, runut_mime_header(arena, head, "Subject")));
    capture->date_published = runut_rfc_date(arena, runut_mime_header(arena, head, "Date"));
    capture->id = in_angles(runut_mime_header(arena, head, "Message-ID"));
    capture->url = in_angles(runut_mime_header(arena, head, "Archived-At"));
    capture->language = runut_mime_value(arena, runut_mime_header(arena, head, "Content-Language"));
    read_people(self, runut_mime_header(arena, head, "From"), &capture->authors);
}

static void state_page(mailbox *self, runut_slice head, runut_capture *capture)
{
    runut_slice place = runut_mime_header(self->arena, self->html.head, "Content-Location");
    runut_slice snapshot = runut_mime_header(self->arena, head, "Snapshot-Content-Location");
    capture->url = snapshot.size ? snapshot : place;
    if (!runut_slice_starts_nocase(capture->url, RUNUT_LITERAL("http")))
        capture->url = (runut_slice){"", 0};
}

/* ---- captures ---- */

/* The page where it says as much as the plain text or has nothing beside it; mail made for both says less in one. */
static const runut_mime_part *choose(mailbox *self, runut_slice *bytes)
{
    bool cut;
    if (self->html.body.size == 0 || self->plain.body.size == 0) {
        const runut_mime_part *only = self->html.body.size ? &self->html : &self->plain;
        *bytes = decoded(self, only);
        return only;
    }
    runut_slice html = decoded(self, &self->html), plain = decoded(self, &self->plain);
    bool page = 2 * runut_markup_visible(html, false, &cut) > runut_markup_visible(plain, true, &cut);
    *bytes = page ? html : plain;
    return page ? &self->html : &self->plain;
}

/* Fills `capture`; false where the message has no text of its own. */
static bool fill(mailbox *self, runut_capture *capture)
{
    runut_slice head = runut_slice_part(self->open->text, 0, runut_mime_head(self->open->text));
    self->html = self->plain = (runut_mime_part){.body = {"", 0}};
    runut_mime_walk(self->arena, self->open->text, on_part, self);
    const runut_mime_part *part = choose(self, &capture->bytes);
    if (runut_slice_trim(capture->bytes).size == 0)
        return false;
    capture->kind = part == &self->html ? RUNUT_CAPTURE_HTML : RUNUT_CAPTURE_TEXT;
    capture->charset = runut_mime_parameter(self->arena, part->content_type, "charset");
    if (part == &self->html && is_saved_page(self, head, part))
        state_page(self, head, capture);
    else
        state_mail(self, head, capture);
    return true;
}

static int read_message(mailbox *self, runut_slice file, runut_slice whole, size_t number)
{
    runut_error error;
    self->open = &self->messages.at[number];
    runut_capture capture = {.file = file, .record = number, .byte = (uint64_t)(self->open->text.at - whole.at)};
    size_t found = self->messages.size;
    if (fill(self, &capture))
        return runut_reading_deliver(self->reading, &capture);
    if (self->messages.size > found)
        return RUNUT_OK; /* only carries others */
    runut_error_set(&error, RUNUT_ERR_INPUT, "a message without text");
    runut_reading_reject(self->reading, file, number, capture.byte, &error);
    return RUNUT_OK;
}

/* Under the guard of `arena`; *number says which message is being read. */
static int read_messages(mailbox *self, runut_slice file, runut_slice whole, volatile size_t *number)
{
    int code = RUNUT_OK;
    message first = {whole, 0};
    RUNUT_PUSH(self->arena, self->messages, first);
    for (size_t i = 0; code == RUNUT_OK && i < self->messages.size; i++) {
        *number = i;
        code = read_message(self, file, whole, i);
    }
    return code;
}

int runut_mail_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    enum { ROOM = 4 << 20 };
    runut_slice whole;
    runut_error error;
    volatile size_t number = 0;
    if (runut_input_all(input, reading->most, &whole, &error) != RUNUT_OK) {
        runut_reading_reject(reading, file, 0, error.byte, &error);
        return RUNUT_OK;
    }
    runut_arena *arena = runut_arena_new(4 * reading->most + ROOM);
    if (!arena)
        return RUNUT_ERR_MEMORY;
    int code;
    mailbox self = {.reading = reading, .arena = arena};
    if (RUNUT_ARENA_TRY(arena) == 0) {
        code = read_messages(&self, file, whole, &number);
    } else {
        runut_error_set(&error, RUNUT_ERR_INPUT, "a message that needs more memory than one may have");
        runut_reading_reject(reading, file, number, 0, &error);
        code = RUNUT_OK;
    }
    runut_arena_free(arena);
    return code;
}
