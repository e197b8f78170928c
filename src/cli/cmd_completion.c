#include <string.h>

#include "completion.h"

int cli_completion(const cli *self)
{
    static const struct {
        const char *shell;
        void (*print)(void);
    } shells[] = {{"bash", completion_bash}, {"fish", completion_fish}, {"zsh", completion_zsh}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(self->operands[0], shells[i].shell) == 0) {
            shells[i].print();
            return CLI_OK;
        }
    return cli_usage("completion: bash, fish and zsh are known, not '%s'", self->operands[0]);
}
