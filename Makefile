# The two commands of the README, and what they stand on. Everything else is meson's: see CONTRIBUTING.md.
#
#   make demo    installs what is missing, builds, reads samples/ and shows the stories
#   make check   the same for the tests, and runs them all, also under AddressSanitizer and UBSan
#   make         the optimized program, at build/runut
#   make install what is built, with man pages, under /usr/local (PREFIX, DESTDIR)
BUILD = build
SANITIZED = build-sanitized
PREFIX = /usr/local

.PHONY: all demo check check-quick setup install uninstall format picture pictures clean

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
	meson configure $(BUILD) -Dtests=true -Dpage=enabled -Dman=enabled
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

# program, library, man pages, completion, service and documents under PREFIX; DESTDIR stands before all of it
install:
	tools/install_dependencies install
	$(MAKE) $(BUILD)/build.ninja
	meson configure $(BUILD) -Dman=enabled -Dprefix=$(PREFIX)
	ninja -C $(BUILD)
	meson install -C $(BUILD) --no-rebuild --quiet

# what the last `make install` put there
uninstall:
	ninja -C $(BUILD) uninstall

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
