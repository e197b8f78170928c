# The two commands of the README, and what they stand on. Everything else is meson's: see CONTRIBUTING.md.
#
#   make demo    installs what is missing, builds, reads samples/ and shows the stories
#   make check   the same for the tests, and runs them all, also under AddressSanitizer and UBSan
#   make         the optimized program, at build/runut
#   make install the same, with man pages, under /usr/local (PREFIX, DESTDIR)
#   make deb     Debian packages, in build-deb
BUILD = build
SANITIZED = build-sanitized
PREFIX = /usr/local

# npm fetches what the page is made of once for both builds
export RUNUT_PAGE_MODULES = $(CURDIR)/$(BUILD)/page-modules

.PHONY: all demo check check-quick setup install uninstall deb tidy format picture pictures clean

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

setup:
	tools/install_dependencies build

$(BUILD)/build.ninja:
	tools/install_dependencies build
	meson setup $(BUILD) -Dtests=false >/dev/null

$(SANITIZED)/build.ninja:
	meson setup $(SANITIZED) >/dev/null -Db_sanitize=address,undefined -Db_lundef=false \
	  -Ddebug=true -Doptimization=1 -Dc_args=-g1 -Dcpp_args=-g1 -Dc_link_args=-fuse-ld=gold -Dcpp_link_args=-fuse-ld=gold

demo: all
	tools/demo $(BUILD)/runut

check:
	tools/install_dependencies check
	$(MAKE) $(BUILD)/build.ninja $(SANITIZED)/build.ninja
	meson configure $(BUILD) -Dtests=true -Dpage=enabled -Dman=enabled
	ninja -C $(BUILD)
	ninja -C $(SANITIZED)
	tools/run_tests $(SANITIZED) $(BUILD)

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

# build-deb/runut_VERSION_ARCHITECTURE.deb and librunut-dev; packaging/test_deb tries them on a bare system
deb:
	tools/install_dependencies deb
	packaging/make_deb build-deb

# what the last `make install` put there
uninstall:
	ninja -C $(BUILD) uninstall

# what clang's analyzer and clang-tidy find; prints nothing where that is nothing
tidy:
	tools/install_dependencies tidy
	$(MAKE) $(BUILD)/build.ninja
	ninja -C $(BUILD)
	tools/tidy $(BUILD)

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
	rm -rf $(BUILD) $(SANITIZED) build-deb
