// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * An I2C adapter without wires, for tests: each of its addresses fails with an error number of its own, as drivers of real adapters do
 * (Documentation/i2c/fault-codes.rst). At 0x08 there is a chip of sixteen registers, so that something works, too.
 */
#include <linux/i2c.h>
#include <linux/module.h>

#define CHIP 0x08
#define FIRST 0x10

/* By address, from FIRST on. The test in tests/FarmAgent.Hardware.KernelTests has the same list. */
static const int errors[] = { ENXIO, EREMOTEIO, EAGAIN, ETIMEDOUT, EBUSY, EIO, EPROTO, EINVAL, ENODEV, ESHUTDOWN, EPIPE };

static u8 registers[16];
static unsigned int pointer;

static void exchange(struct i2c_msg *message)
{
	int i;

	for (i = 0; i < message->len; i++) {
		if (message->flags & I2C_M_RD) {
			message->buf[i] = registers[pointer++ % 16];
		} else if (i == 0) {
			pointer = message->buf[i];
		} else {
			registers[pointer++ % 16] = message->buf[i];
		}
	}
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		unsigned int failing = messages[i].addr - FIRST;

		if (messages[i].addr != CHIP)
			return failing < ARRAY_SIZE(errors) ? -errors[failing] : -ENXIO;
		exchange(&messages[i]);
	}
	return count;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = {
	.master_xfer = transfer,
	.functionality = functionality,
};

static struct i2c_adapter adapter = {
	.owner = THIS_MODULE,
	.name = "errors of every kind",
	.algo = &algorithm,
};

static int __init start(void)
{
	return i2c_add_adapter(&adapter);
}

static void __exit end(void)
{
	i2c_del_adapter(&adapter);
}

module_init(start);
module_exit(end);
MODULE_DESCRIPTION("I2C adapter whose addresses fail in known ways");
MODULE_LICENSE("Dual MIT/GPL");
