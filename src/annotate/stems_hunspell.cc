/* Hunspell behind C functions; no exception leaves this file. */
#include <hunspell/hunspell.hxx>

#include <cctype>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <new>
#include <string>
#include <vector>

extern "C" {

typedef struct runut_hunspell runut_hunspell;
runut_hunspell *runut_hunspell_new(const char *affixes, const char *words);
void runut_hunspell_free(runut_hunspell *self);
size_t runut_hunspell_stem(runut_hunspell *self, const char *word, size_t size, char *out, size_t room);

struct runut_hunspell {
    Hunspell dictionary;
    runut_hunspell(const char *affixes, const char *words) : dictionary(affixes, words)
    {
    }
};

/* Hunspell 1.7 does not look at what malloc gives as it reads its words, and crashes: what it needs for ours, 3 MiB, is
 * asked for beforehand. */
static bool is_memory_there()
{
    void *volatile room = std::malloc(8 << 20);
    std::free(room);
    return room != nullptr;
}

/* Does it know affixes? Hunspell opens their file twice, for what flags look like and for what they mean; it goes on
 * where it cannot, and says nothing. */
static bool has_affixes(Hunspell &dictionary)
{
    std::vector<std::string> stems = dictionary.stem(std::string("menulis"));
    bool meant = stems.size() == 1 && stems[0] == "tulis";
    return meant && dictionary.stem(std::string("digelar")).empty();
}

runut_hunspell *runut_hunspell_new(const char *affixes, const char *words)
{
    try {
        for (int i = 0; i < 2; i++) {
            if (!is_memory_there())
                throw std::bad_alloc();
            if (!std::ifstream(affixes).good() || !std::ifstream(words).good())
                return nullptr; /* Hunspell would complain on standard error */
            errno = 0;
            std::unique_ptr<runut_hunspell> self(new runut_hunspell(affixes, words));
            bool good = self->dictionary.spell(std::string("dan")) && !self->dictionary.spell(std::string("qzxqzx"));
            bool whole = good && has_affixes(self->dictionary);
            if (errno == ENOMEM)
                return nullptr; /* a word less, perhaps */
            if (whole || (good && i == 1))
                return self.release();
        } /* once more: was it memory, or is it a dictionary that we do not know? */
        return nullptr;
    } catch (const std::bad_alloc &) {
        errno = ENOMEM;
        return nullptr;
    } catch (...) {
        return nullptr;
    }
}

void runut_hunspell_free(runut_hunspell *self)
{
    delete self;
}

size_t runut_hunspell_stem(runut_hunspell *self, const char *word, size_t size, char *out, size_t room)
{
    try {
        errno = 0;
        std::vector<std::string> stems = self->dictionary.stem(std::string(word, size));
        if (errno == ENOMEM)
            return SIZE_MAX; /* it reads its own lines by streams, which swallow that */
        const std::string *best = nullptr;
        for (const std::string &stem : stems)
            if (!stem.empty() && stem.size() <= room && (!best || stem.size() < best->size()))
                best = &stem;
        if (!best)
            return 0;
        std::memcpy(out, best->data(), best->size());
        return best->size();
    } catch (const std::bad_alloc &) {
        return SIZE_MAX;
    } catch (...) {
        return 0;
    }
}
}
