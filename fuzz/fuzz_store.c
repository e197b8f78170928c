/* A damaged store: a small good one over which the input lays bytes. The first byte says what is done with it; the rest
 * is patches of place (two bytes, in units of 16 bytes), count and bytes. Nothing may crash or hang, and of what check
 * calls whole all can be read. */
#include <stdio.h>
#include <string.h>

#include "folder.h"
#include "runut/engine.h"
#include "runut/upkeep.h"

static char path[64], other[64];

/* The good one's bytes. */
static runut_slice make(void)
{
    snprintf(path, sizeof path, "%s/s", fuzz_folder());
    snprintf(other, sizeof other, "%s/o", fuzz_folder());
    runut *r = fuzz_store_new(NULL, path);
    fuzz_check(fuzz_store_add(r, runut_slice_of(fuzz_reports)));
    runut_close(r);
    return fuzz_folder_read("s");
}

static int on_item(void *context, struct json_object *item)
{
    (void)context;
    return item == NULL;
}

static void look(int flags, bool add)
{
    runut *r;
    if (runut_open(path, flags, &r, NULL) != RUNUT_OK)
        return;
    runut_time_limit(r, 4000);
    if (add)
        fuzz_store_add(r, RUNUT_LITERAL("{\"id\":\"new\",\"headline\":\"Kapal tenggelam\",\"articleBody\":\"Kapal itu "
                                        "tenggelam di Teluk Wira, lapor Reuters.\"}\n"));
    fuzz_ask_all(r);
    runut_close(r);
}

static void check(void)
{
    runut_check_report report = {0};
    runut *r;
    if (runut_check(path, NULL, &report, NULL) != RUNUT_OK || report.findings)
        return;
    fuzz_check(runut_open(path, 0, &r, NULL) == RUNUT_OK && runut_export(r, NULL, on_item, NULL, NULL) == RUNUT_OK);
    runut_close(r);
}

/* The new one is whole, whatever the old one was. */
static void rebuild(void)
{
    runut_rebuild_options options = {.to = other};
    runut_check_report report = {0};
    if (runut_rebuild(path, &options, NULL, NULL) == RUNUT_OK)
        fuzz_check(runut_check(other, NULL, &report, NULL) == RUNUT_OK && report.findings == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static runut_slice good;
    static char *bad;
    if (!good.at) {
        good = make();
        bad = malloc(good.size);
    }
    if (size == 0)
        return 0;
    memcpy(bad, good.at, good.size);
    fuzz_lay(bad, good.size, (runut_slice){(const char *)data + 1, size - 1});
    fuzz_folder_clear();
    fuzz_folder_write("s", (runut_slice){bad, data[0] & 8 ? good.size - good.size / (data[0] / 16u + 2) : good.size});
    switch (data[0] & 7) {
    case 0:
        rebuild();
        break;
    case 1:
    case 2:
        look(0, data[0] & 1);
        break;
    case 3:
    case 4:
        look(RUNUT_READ_ONLY, false);
        break;
    default:
        check();
    }
    return 0;
}
