#include "base/calendar_names.h"
int runut_month_named(runut_slice folded, runut_slice language) { (void)folded; (void)language; return 0; }
int runut_weekday_named(runut_slice folded, runut_slice language) { (void)folded; (void)language; return 0; }
