using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Alternate function I/O (RM0008 section 9.4): which port feeds an EXTI line. Remaps are known but not modelled.</summary>
internal sealed class Stm32F1Afio : GatedPeripheral
{
    private readonly Register[] _sources = new Register[4];

    public Stm32F1Afio(NoticeBoard notices)
        : base("AFIO", notices)
    {
        Map.Define("EVCR", 0x00).Tagged("PIN", 0, 4).Tagged("PORT", 4, 3).Tagged("EVOE", 7);
        Map.Define("MAPR", 0x04)
            .Tagged("SPI1_REMAP", 0).Tagged("I2C1_REMAP", 1).Tagged("USART1_REMAP", 2).Tagged("USART2_REMAP", 3).Tagged("USART3_REMAP", 4, 2)
            .Tagged("TIM1_REMAP", 6, 2).Tagged("TIM2_REMAP", 8, 2).Tagged("TIM3_REMAP", 10, 2).Tagged("TIM4_REMAP", 12).Tagged("CAN_REMAP", 13, 2)
            .Tagged("PD01_REMAP", 15).Field("SWJ_CFG", 24, 3, FieldAccess.WriteOnly);
        for (var index = 0; index < _sources.Length; index++)
        {
            _sources[index] = Map.Define($"EXTICR{index + 1}", 0x08 + (4 * (uint)index)).Field("EXTI", 0, 16).OnWrite((_, _) => SourcesChanged?.Invoke());
        }
    }

    /// <summary>Called when a line has got another port.</summary>
    public Action? SourcesChanged { get; set; }

    /// <summary>Port of an EXTI line: 0 for A, to 4 for E.</summary>
    public int PortOf(int line) => (int)((_sources[line / 4].Value >> (4 * (line % 4))) & 0xF);
}
