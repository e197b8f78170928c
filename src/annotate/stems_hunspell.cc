/* Hunspell behind C functions; no exception leaves this file. */
#include <hunspell/hunspell.hxx>

#include <cctype>
#include <cstddef>
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

runut_hunspell *runut_hunspell_new(const char *affixes, const char *words)
{
    try {
        if (!std::ifstream(affixes).good() || !std::ifstream(words).good())
            return nullptr; /* Hunspell would complain on standard error */
        std::unique_ptr<runut_hunspell> self(new runut_hunspell(affixes, words));
        if (!self->dictionary.spell(std::string("dan")) || self->dictionary.spell(std::string("qzxqzx")))
            return nullptr; /* not the dictionary that was asked for */
        return self.release();
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
        std::vector<std::string> stems = self->dictionary.stem(std::string(word, size));
        const std::string *best = nullptr;
        for (const std::string &stem : stems)
            if (!stem.empty() && stem.size() <= room && (!best || stem.size() < best->size()))
                best = &stem;
        if (!best)
            return 0;
        std::memcpy(out, best->data(), best->size());
        return best->size();
    } catch (...) {
        return 0;
    }
}
}
