using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.Serial;
using FarmAgent.TestKit;

namespace FarmAgent.Boards.Tests.Inventory;

public sealed class BoardInventoryReaderTests
{
    [Fact]
    public void Read_Samples_HaveNoProblem() =>
        Assert.Empty(BoardInventoryReader.ReadFolder(RepositoryFiles.At("samples/boards")).Problems);

    [Fact]
    public void Read_LinuxSample_GivesEveryKey()
    {
        var board = Assert.Single(BoardInventoryReader.ReadFiles([RepositoryFiles.At("samples/boards/linux.yaml")]).Boards);

        Assert.Equal("neo2|NanoPi NEO2 with STM32F103C8T6|Linux|0483:3748|STM32F103C8|0x08", string.Join('|', board.Name, board.Title, board.Backend, board.Probe, board.Chip, board.ExpanderAddress));
        Assert.Equal(new Dictionary<string, string> { ["mcu"] = "stm32f103", ["bench"] = "seed" }, board.Labels);
        Assert.Equal(
            new GpioLineDescription { Name = "PG11", LegacyNumber = 203, WiredTo = "PA0", Use = GpioLineUse.Both, Bias = GpioBias.AsIs, SafeLevel = null },
            Assert.Single(board.GpioLines));
        Assert.Equal(
            new SerialPortDescription { Name = "console", Device = "/dev/ttyS1", Settings = new SerialSettings(115200) }, Assert.Single(board.SerialPorts));
        Assert.Equal(("PB6", "PB7"), (board.I2cAdapters[0].SclPin, board.I2cAdapters[0].SdaPin));
        Assert.Equal((4000, false, 2.0), (board.Flash.SwdKilohertz, board.Flash.ConnectUnderReset, board.Flash.MinimumVolts));
    }

    [Fact]
    public void Read_Power_GivesEveryKey() => Assert.Equal(
        new PowerDescription { Relay = "PG7", ActiveHigh = false, OffTime = TimeSpan.FromSeconds(2), SettleTime = TimeSpan.FromMilliseconds(50), Safe = SafePower.Off },
        Assert.Single(BoardFile.Read("boards: [{ name: b1, backend: linux, power: { relay: PG7, active: low, off_ms: 2000, settle_ms: 50, safe: off } }]").Boards).Power);

    [Fact]
    public void Read_PinOfTheDebugger_IsRefused() =>
        Assert.Contains(
            "scl: 'PA13' is no pin of the device under test that a check may drive",
            Assert.Single(BoardFile.ProblemsOf("boards: [{ name: b1, backend: linux, i2c: [{ name: i, device: /dev/i2c-0, scl: PA13 }] }]")),
            StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownKey_NamesPlaceAndWhatWasMeant() =>
        Assert.StartsWith(
            "b.yaml:4:5: boards[0].lables: is not a known key. Did you mean 'labels'?",
            Assert.Single(BoardFile.ProblemsOf("boards:\n  - name: b1\n    backend: linux\n    lables: { a: b }\n")),
            StringComparison.Ordinal);

    [Fact]
    public void Read_AddressOfEightBits_NamesTheKey() =>
        Assert.Equal(
            "b.yaml:5:77: boards[0].i2c[0].devices[0].address: 0x80 is not a 7-bit I2C address (0x08 to 0x77).",
            Assert.Single(BoardFile.ProblemsOf(
                "boards:\n  - name: b1\n    backend: linux\n    i2c:\n      - { name: i2c0, device: /dev/i2c-0, devices: [{ kind: other, address: 0x80 }] }\n")));

    [Theory]
    [InlineData("address: 0x78, kind: other", "address: 0x78 is reserved")]
    [InlineData("address: 0x08, kind: expandr", "kind: 'expandr' is not one of expander, ads1115, bmp280, ina219, lm75, mcp23017, pcf8574, other. Did you mean 'expander'?")]
    [InlineData("kind: other", "address: is missing.")]
    public void Read_WrongI2cDevice_SaysWhy(string device, string expected) =>
        Assert.Contains(
            expected,
            Assert.Single(BoardFile.ProblemsOf($"boards: [{{ name: b1, backend: linux, i2c: [{{ name: i, device: /dev/i2c-0, devices: [{{ {device} }}] }}] }}]")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("name: b1", "boards[0].backend: is missing")]
    [InlineData("name: 'b 1', backend: linux", "boards[0].name: 'b 1' is not a name")]
    [InlineData("backend: linux", "boards[0].name: is missing.")]
    [InlineData("name: b1, backend: liunx", "boards[0].backend: 'liunx' is not one of virtual, linux. Did you mean 'linux'?")]
    [InlineData("name: b1, backend: linux, bench: x.yaml", "boards[0].bench: only a board with 'backend: virtual'")]
    [InlineData("name: b1, backend: linux, probe: 'a b'", "boards[0].probe: 'a b' names no probe")]
    [InlineData("name: b1, backend: linux, serial: [{ name: c, device: d, baud: 12 }]", "boards[0].serial[0].baud: 12 is not a whole number from 50 to 4000000.")]
    [InlineData("name: b1, backend: linux, gpio: [{ name: P1, direction: input, safe: low }]", "boards[0].gpio[0].safe: this line may only be an input")]
    [InlineData("name: b1, backend: linux, gpio: [{ name: P1 }, { name: P1 }]", "boards[0].gpio: P1 is there 2 times")]
    [InlineData("name: b1, backend: linux, gpio: P1", "boards[0].gpio: needs a list")]
    [InlineData("name: b1, backend: linux, gpio: [P1]", "boards[0].gpio[0]: needs keys")]
    [InlineData("name: b1, backend: linux, title:", "boards[0].title: needs a text")]
    [InlineData("name: b1, backend: linux, labels: x", "boards[0].labels: needs keys of its own")]
    [InlineData("name: b1, backend: linux, flash: { minimum_volts: low }", "boards[0].flash.minimum_volts: low is not a number from 1 to 5.5.")]
    [InlineData("name: b1, backend: linux, i2c: [{ name: i, device: d, shared: true }]", "boards[0].i2c[0].shared: a shared adapter needs 'devices'")]
    [InlineData("name: b1, backend: linux, power: { active: low }", "boards[0].power.relay: needs one switch")]
    [InlineData("name: b1, backend: linux, power: { relay: P7, usb_port: 1-1 }", "boards[0].power.usb_port: needs one switch")]
    [InlineData("name: b1, backend: linux, power: { usb_port: 1-1, active: low }", "boards[0].power.active: only a relay")]
    [InlineData("name: b1, backend: linux, power: { relay: P7, off_ms: 70000 }", "boards[0].power.off_ms: 70000 is not a whole number from 1 to 60000.")]
    [InlineData("name: b1, backend: linux, gpio: [{ name: P7 }], power: { relay: P7 }", "boards[0].power: line P7 is also under 'gpio'")]
    public void Read_WrongValue_SaysWhatIsRight(string board, string expected) =>
        Assert.Contains(expected, Assert.Single(BoardFile.ProblemsOf($"boards: [{{ {board} }}]")), StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralProblems_FindsAllOfThem() =>
        Assert.Equal(3, BoardFile.ProblemsOf("boards:\n  - name: b1\n    backend: nope\n    colour: red\n  - backend: linux\n").Count);

    [Fact]
    public void Read_BrokenYaml_NamesThePlace() =>
        Assert.StartsWith("b.yaml:2:1: is not YAML: ", Assert.Single(BoardFile.ProblemsOf("boards: [\n")), StringComparison.Ordinal);

    [Fact]
    public void Read_NoFolder_IsProblem() =>
        Assert.Contains("there is no such folder", Assert.Single(BoardInventoryReader.ReadFolder("/no/such/folder").Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("probe: 0483:3748", "probe 0483:3748 already belongs to board 'b1'.")]
    [InlineData("gpio: [{ name: PG11 }]", "line PG11 already belongs to board 'b1'.")]
    [InlineData("power: { relay: PG11 }", "line PG11 already belongs to board 'b1'.")]
    [InlineData("serial: [{ name: c, device: /dev/ttyS1 }]", "/dev/ttyS1 already belongs to board 'b1'.")]
    [InlineData("i2c: [{ name: i, device: /dev/i2c-0 }]", "/dev/i2c-0 already belongs to board 'b1'. Write 'shared: true' on both")]
    public void Read_TwoBoardsClaimOneDevice_IsProblem(string device, string expected) =>
        Assert.Contains(
            expected,
            Assert.Single(BoardFile.ProblemsOf(
                $"boards: [{{ name: b1, backend: linux, {device} }}]", $"boards: [{{ name: b2, backend: linux, {device} }}]")),
            StringComparison.Ordinal);

    [Fact]
    public void Read_SharedAdapter_BoardsHaveTheirOwnAddresses() =>
        Assert.Empty(BoardFile.ProblemsOf(Shared("b1", "0x08"), Shared("b2", "0x09")));

    [Fact]
    public void Read_SharedAdapterWithOneAddressTwice_IsProblem() =>
        Assert.Contains("0x08 on /dev/i2c-0 already belongs to board 'b1'", Assert.Single(BoardFile.ProblemsOf(Shared("b1", "0x08"), Shared("b2", "0x08"))), StringComparison.Ordinal);

    [Fact]
    public void Read_TwoVirtualBoards_HaveBenchesOfTheirOwn() =>
        Assert.Empty(BoardFile.ProblemsOf(
            "boards: [{ name: b1, backend: virtual, gpio: [{ name: PG11 }] }, { name: b2, backend: virtual, gpio: [{ name: PG11 }] }]"));

    [Fact]
    public void Read_NameTwice_NamesTheOtherPlace() =>
        Assert.Contains("'b1' is already the name of the board at", Assert.Single(BoardFile.ProblemsOf("boards: [{ name: b1, backend: linux }, { name: b1, backend: linux }]")), StringComparison.Ordinal);

    [Fact]
    public void ToInventory_Problems_ListsThemAll()
    {
        var error = Assert.Throws<RequestException>(() => BoardFile.Read("boards: [{ name: b1 }]").ToInventory());

        Assert.Equal("BOARDS_INVALID", error.Reason);
    }

    [Fact]
    public void Get_MistypedName_NamesBoardsAndNearest()
    {
        var inventory = new BoardInventory([SeedBoard.Description]);

        Assert.Equal("There is no board 'b2' here. Boards: b1. Did you mean 'b1'?", Assert.Throws<RequestException>(() => inventory.Get("b2")).Message);
    }

    private static string Shared(string name, string address) =>
        $"boards: [{{ name: {name}, backend: linux, i2c: [{{ name: i, device: /dev/i2c-0, shared: true, devices: [{{ kind: other, address: {address} }}] }}] }}]";
}
