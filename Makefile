# The two commands of the README, and what they stand on. Everything else is meson's: see CONTRIBUTING.md.
#
#   make demo    installs what is missing, builds, reads samples/ and shows the stories
#   make check   the same for the tests, and runs them all, also under AddressSanitizer and UBSan
#   make         the optimized program, at build/runut
BUILD = build
SANITIZED = build-sanitized

.PHONY: all demo check check-quick setup install format picture pictures clean

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

setup:
	tools/install_dependencies build

$(BUILD)/build.ninja:
	tools/install_dependencies build
	meson setup $(BUILD) -Dtests=false >/dev/null

$(SANITIZED)/build.ninja:
	meson setup $(SANITIZED) >/dev/null -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false

demo: all
	tools/demo $(BUILD)/runut

check:
	tools/install_dependencies check
	$(MAKE) $(BUILD)/build.ninja $(SANITIZED)/build.ninja
	meson configure $(BUILD) -Dtests=true -Dpage=enabled
	ninja -C $(BUILD)
	ninja -C $(SANITIZED)
	tools/run_tests $(BUILD) $(SANITIZED)

# the tests alone, without the sanitizers
check-quick:
	tools/install_dependencies check
	$(MAKE) $(BUILD)/build.ninja
	meson configure $(BUILD) -Dtests=true
	ninja -C $(BUILD)
	tools/run_tests $(BUILD)

install: all
	meson install -C $(BUILD)

format:
	clang-format-14 -i $$(git ls-files '*.c' '*.h' '*.cc')

picture: all
	rm -rf $(BUILD)/picture && mkdir $(BUILD)/picture
	$(BUILD)/runut --db $(BUILD)/picture/samples.db add -q samples/captures
	RUNUT=$(BUILD)/runut RUNUT_DB=$(BUILD)/picture/samples.db tools/terminal_picture.py --lines 34 story s3 >docs/story.svg

# docs/pages/*.png; all views in both languages and colour schemes come to $(BUILD)/browser/pictures
pictures: all
	tools/install_dependencies check
	mkdir -p docs/pages
	tests/browser/run $(BUILD)/runut $(BUILD)/browser pictures docs/pages

clean:
	rm -rf $(BUILD) $(SANITIZED)
