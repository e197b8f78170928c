#include "folder.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST = 4 << 20 };

static char folder[] = "/dev/shm/runut-fuzz-XXXXXX";

void fuzz_folder_clear(void)
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open && (entry = readdir(open));)
        unlinkat(dirfd(open), entry->d_name, 0);
    if (open)
        closedir(open);
}

static void end(void)
{
    fuzz_folder_clear();
    rmdir(folder);
}

const char *fuzz_folder(void)
{
    static bool made;
    if (!made) {
        fuzz_check(mkdtemp(folder) != NULL);
        made = true;
        atexit(end);
    }
    return folder;
}

static FILE *file_of(const char *name, const char *mode)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, mode);
    fuzz_check(file != NULL);
    return file;
}

runut_slice fuzz_folder_read(const char *name)
{
    FILE *file = file_of(name, "rb");
    char *at = malloc(MOST);
    runut_slice bytes = {at, fread(at, 1, MOST, file)};
    fclose(file);
    return bytes;
}

void fuzz_folder_write(const char *name, runut_slice bytes)
{
    FILE *file = file_of(name, "wb");
    fuzz_check(fwrite(bytes.at, 1, bytes.size, file) == bytes.size && fclose(file) == 0);
}

void fuzz_lay(char *to, size_t size, runut_slice patches)
{
    while (size && patches.size > 3) {
        unsigned how = (unsigned char)patches.at[2];
        size_t count = 1 + how % 32;
        size_t place = ((unsigned char)patches.at[0] * 256u + (unsigned char)patches.at[1]) * 16 % size + how / 32 * 2;
        patches = runut_slice_part(patches, 3, patches.size);
        for (size_t i = 0; i < count && i < patches.size && place + i < size; i++)
            to[place + i] = patches.at[i];
        patches = runut_slice_part(patches, count, patches.size);
    }
}
