using FarmAgent.Probes;

namespace FarmAgent.Boards.Checks;

/// <summary>
/// The pins of an STM32F1, set up and read over SWD while its core is halted (RM0008 sections 7.3.7 and 9.2). No firmware is needed, or trusted.
/// </summary>
/// <param name="memory">The chip's memory.</param>
internal sealed class Stm32F1Pins(IMemoryAccess memory)
{
    private const uint ClockEnable = 0x4002_1018;
    private const uint AlternateFunctionClock = 1;
    private const int FirstPortClock = 2;
    private const uint FirstPort = 0x4001_0800;
    private const uint PortStride = 0x400;
    private const uint InputOffset = 0x08;
    private const uint SetResetOffset = 0x10;
    private const int PinsPerRegister = 8;
    private const int BitsPerPin = 4;
    private const uint PinMask = 0xF;

    private static readonly HashSet<ushort> DeviceIds = [0x410, 0x412, 0x414, 0x418, 0x420, 0x428, 0x430];

    /// <summary>True for chips whose pins are set up like this (DBGMCU_IDCODE, RM0008 section 31.6.1).</summary>
    public static bool Fits(ushort deviceId) => DeviceIds.Contains(deviceId);

    /// <summary>Sets pins up and reads them all.</summary>
    public Dictionary<DutPin, bool> Apply(IReadOnlyDictionary<DutPin, PinSetting> settings)
    {
        var clocks = settings.Keys.Aggregate(AlternateFunctionClock, (bits, pin) => bits | (1u << (FirstPortClock + pin.Port)));
        memory.WriteWord(ClockEnable, memory.ReadWord(ClockEnable) | clocks);
        foreach (var (pin, setting) in settings)
        {
            Set(pin, setting);
        }

        var inputs = settings.Keys.Select(p => p.Port).Distinct().ToDictionary(p => p, p => memory.ReadWord(PortAt(p) + InputOffset));
        return settings.Keys.ToDictionary(p => p, p => ((inputs[p.Port] >> p.Number) & 1) != 0);
    }

    private void Set(DutPin pin, PinSetting setting)
    {
        // The level before the mode: an output then starts at it.
        var (mode, level) = setting switch
        {
            PinSetting.PullDown => (0x8u, false),
            PinSetting.PullUp => (0x8u, true),
            PinSetting.DriveLow => (0x2u, false),
            PinSetting.DriveHigh => (0x2u, true),
            PinSetting.HoldLow => (0x6u, false),
            _ => (0x4u, false),
        };
        memory.WriteWord(PortAt(pin.Port) + SetResetOffset, 1u << (pin.Number + (level ? 0 : 16)));
        var register = PortAt(pin.Port) + (uint)(pin.Number / PinsPerRegister * sizeof(uint));
        var shift = pin.Number % PinsPerRegister * BitsPerPin;
        memory.WriteWord(register, (memory.ReadWord(register) & ~(PinMask << shift)) | (mode << shift));
    }

    private static uint PortAt(int port) => FirstPort + ((uint)port * PortStride);
}
