using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Alternate function I/O (RM0008 section 9.4): which port feeds an EXTI line, which pins a peripheral has, who owns the debug pins.</summary>
internal sealed class Stm32F1Afio : GatedPeripheral
{
    private const int DebugPinsBit = 24;

    private readonly Register[] _sources = new Register[4];
    private readonly Register _remap;

    public Stm32F1Afio(NoticeBoard notices)
        : base("AFIO", notices)
    {
        Map.Define("EVCR", 0x00).Tagged("PIN", 0, 4).Tagged("PORT", 4, 3).Tagged("EVOE", 7);
        _remap = Map.Define("MAPR", 0x04)
            .Tagged("SPI1_REMAP", 0).Field("I2C1_REMAP", 1).Field("USART1_REMAP", 2).Field("USART2_REMAP", 3).Field("USART3_REMAP", 4, 2)
            .Field("TIM1_REMAP", 6, 2).Field("TIM2_REMAP", 8, 2).Field("TIM3_REMAP", 10, 2).Field("TIM4_REMAP", 12).Tagged("CAN_REMAP", 13, 2)
            .Tagged("PD01_REMAP", 15).Field("SWJ_CFG", DebugPinsBit, 3, FieldAccess.WriteOnly)
            .OnWrite((_, written) => WriteRemap(written));
        for (var index = 0; index < _sources.Length; index++)
        {
            _sources[index] = Map.Define($"EXTICR{index + 1}", 0x08 + (4 * (uint)index)).Field("EXTI", 0, 16).OnWrite((_, _) => SourcesChanged?.Invoke());
        }

        Map.Define("MAPR2", 0x1C);
    }

    /// <summary>Called when a line has got another port.</summary>
    public Action? SourcesChanged { get; set; }

    /// <summary>Called when a peripheral may have got other pins.</summary>
    public Action? RemapChanged { get; set; }

    /// <summary>Who owns the five debug pins.</summary>
    public DebugPins DebugPins { get; private set; }

    /// <summary>Port of an EXTI line: 0 for A, to 4 for E.</summary>
    public int PortOf(int line) => (int)((_sources[line / 4].Value >> (4 * (line % 4))) & 0xF);

    /// <summary>A remap field of MAPR.</summary>
    /// <param name="lowBit">Its lowest bit.</param>
    /// <param name="width">Its bits.</param>
    public int Remap(int lowBit, int width) => (int)((_remap.Value >> lowBit) & ((1u << width) - 1));

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        DebugPins = DebugPins.All;
        SourcesChanged?.Invoke();
        RemapChanged?.Invoke();
    }

    private void WriteRemap(uint written)
    {
        // The field reads as 0, so that a driver that reads, changes and writes MAPR gives all pins back to the debug port; on silicon too.
        DebugPins = ((written >> DebugPinsBit) & 7) switch
        {
            0 => DebugPins.All,
            1 => DebugPins.WithoutReset,
            2 => DebugPins.SerialWire,
            4 => DebugPins.None,
            _ => DebugPins,
        };
        RemapChanged?.Invoke();
    }
}

/// <summary>SWJ_CFG of AFIO_MAPR: which of PA13, PA14, PA15, PB3 and PB4 the debug port keeps (RM0008 table 36).</summary>
internal enum DebugPins
{
    /// <summary>All five, as after reset.</summary>
    All,

    /// <summary>All but NJTRST (PB4).</summary>
    WithoutReset,

    /// <summary>Only SWDIO (PA13) and SWCLK (PA14).</summary>
    SerialWire,

    /// <summary>None: no debugger reaches the chip until its next reset.</summary>
    None,
}
