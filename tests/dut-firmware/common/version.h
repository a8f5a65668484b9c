/* One version for both images; the build id tells two builds of one version apart. */
#ifndef VERSION_H
#define VERSION_H

#define VERSION_MAJOR 0u
#define VERSION_MINOR 1u
#define VERSION_PATCH 0u

#endif
