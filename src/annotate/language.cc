/* CLD2 (Compact Language Detector 2, Google, Apache-2.0) behind a C function. */
#include <cstdio> /* compact_lang_det.h uses FILE */

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <new>

extern "C" const char *runut_language_cld2(const char *text, size_t size, const char *hint, float *share,
                                           bool *reliable);

extern "C" const char *runut_language_cld2(const char *text, size_t size, const char *hint, float *share,
                                           bool *reliable)
{
    *share = 0;
    *reliable = false;
    errno = 0;
    try {
        CLD2::CLDHints hints = {hint && *hint ? hint : nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                CLD2::UNKNOWN_LANGUAGE};
        CLD2::Language languages[3];
        int percents[3], bytes = 0;
        double scores[3];
        CLD2::Language best = CLD2::ExtDetectLanguageSummary(text, static_cast<int>(size), true, &hints, 0, languages,
                                                             percents, scores, nullptr, &bytes, reliable);
        if (errno == ENOMEM)
            return nullptr;
        if (best == CLD2::UNKNOWN_LANGUAGE || best == CLD2::TG_UNKNOWN_LANGUAGE)
            return "";
        for (int i = 0; i < 3; i++)
            if (languages[i] == best)
                *share = static_cast<float>(percents[i]) / 100.0f;
        const char *code = CLD2::LanguageCode(best);
        if (std::strcmp(code, "un") == 0)
            return "";
        if (std::strcmp(code, "iw") == 0)
            return "he";
        if (std::strcmp(code, "jw") == 0)
            return "jv";
        return code;
    } catch (const std::bad_alloc &) {
        return nullptr;
    } catch (...) {
        return "";
    }
}
