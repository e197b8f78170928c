#include "read/read.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "read/folder.h"

enum { MOST_RECORD = 64 << 20, MOST_DEPTH = 64 /* of JSON */, RECORD_ARENA = 1 << 20 };

int runut_read(const char *path, const runut_read_options *options, runut_on_capture on_capture,
               runut_on_reject on_reject, void *context, runut_error *error)
{
    runut_reading self = {.most = options && options->most_record ? options->most_record : MOST_RECORD,
                          .on_capture = on_capture,
                          .on_reject = on_reject,
                          .on_lines = options ? options->on_lines : NULL,
                          .on_skipped = options ? options->on_skipped : NULL,
                          .context = context,
                          .arena = runut_arena_new(RECORD_ARENA),
                          .tokener = json_tokener_new_ex(MOST_DEPTH)};
    struct stat status;
    int code;
    if (!self.arena || !self.tokener)
        code = runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    else if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        code = runut_folder_read(&self, path, error);
    else
        code = runut_folder_read_file(&self, path, false, error);
    if (self.tokener)
        json_tokener_free(self.tokener);
    runut_arena_free(self.arena);
    runut_scratch_free(&self.header);
    runut_scratch_free(&self.body);
    return code;
}
