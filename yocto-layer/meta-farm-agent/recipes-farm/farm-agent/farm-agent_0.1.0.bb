SUMMARY = "Daemon and command for farms of embedded boards"
DESCRIPTION = "Leases boards, flashes them through an ST-LINK, drives their buses and pins, and runs test suites against them."
LICENSE = "MIT & Apache-2.0 & BSD-3-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;md5=a127263c9a05f07caa40167ab69ebfff"

# The archive of native executables that the repository's build makes; README.md says how. It is not in git and has no checksum here:
# without it the recipe is skipped with the reason, not failed.
FARM_AGENT_ARCHIVE_DIR ?= "${FARM_AGENT_LAYERDIR}/../../artifacts/dist"
FARM_AGENT_RID:aarch64 = "linux-arm64"
FARM_AGENT_RID:x86-64 = "linux-x64"
FARM_AGENT_ARCHIVE = "${BP}-${FARM_AGENT_RID}.tar.gz"

FILESEXTRAPATHS:prepend := "${FARM_AGENT_ARCHIVE_DIR}:${FARM_AGENT_LAYERDIR}/../../systemd:"
SRC_URI = "file://${FARM_AGENT_ARCHIVE} file://farm-agent.service"

# Built against glibc, for these two.
COMPATIBLE_HOST = "(aarch64|x86_64).*-linux"
COMPATIBLE_HOST:libc-musl = "null"

python () {
    import os
    archive = os.path.join(d.getVar("FARM_AGENT_ARCHIVE_DIR"), d.getVar("FARM_AGENT_ARCHIVE"))
    if not os.path.exists(archive):
        raise bb.parse.SkipRecipe("%s is missing; see 'The archive' in the layer's README" % archive)
}

inherit features_check systemd useradd

REQUIRED_DISTRO_FEATURES = "systemd"

SYSTEMD_SERVICE:${PN} = "farm-agent.service"

# oe-core's base-passwd brings plugdev and dialout, but neither gpio nor i2c; a group that is missing stops the unit (216/GROUP).
USERADD_PACKAGES = "${PN}"
GROUPADD_PARAM:${PN} = "--system gpio; --system i2c; --system farm"
USERADD_PARAM:${PN} = "--system --user-group --no-create-home --home-dir ${localstatedir}/lib/farm-agent --shell /sbin/nologin --groups plugdev,dialout,i2c,gpio farm-agent"

# Nothing is compiled here.
INHIBIT_DEFAULT_DEPS = "1"
do_configure[noexec] = "1"
do_compile[noexec] = "1"

# The executables find the libraries that lie beside them, so they live in a folder of their own.
do_install() {
    install -d ${D}${nonarch_libdir}/farm-agent ${D}${bindir} ${D}${systemd_system_unitdir} ${D}${sysconfdir}/farm-agent/boards.d
    install -m 0755 ${S}/farm-agent ${S}/farmctl ${D}${nonarch_libdir}/farm-agent/
    for library in ${S}/*.so; do
        [ -e "$library" ] || continue
        install -m 0644 "$library" ${D}${nonarch_libdir}/farm-agent/
    done
    ln -s ${nonarch_libdir}/farm-agent/farm-agent ${D}${bindir}/farm-agent
    ln -s ${nonarch_libdir}/farm-agent/farmctl ${D}${bindir}/farmctl
    install -m 0644 ${UNPACKDIR}/farm-agent.service ${D}${systemd_system_unitdir}/
}

PACKAGES =+ "farmctl"
FILES:farmctl = "${bindir}/farmctl ${nonarch_libdir}/farm-agent/farmctl"
FILES:${PN} += "${nonarch_libdir}/farm-agent ${sysconfdir}/farm-agent"

# Opened by name at run time, so not found by looking at the executables. The suite runner is farmctl.
RDEPENDS:${PN} = "farmctl libusb1 libssl libcrypto ca-certificates"

# The native compiler strips what it links and keeps the symbols in files that are not in the archive.
INSANE_SKIP:${PN} += "already-stripped"
INSANE_SKIP:farmctl += "already-stripped"
