using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>The enable and reset registers bit by bit (RM0008 sections 7.3.4 to 7.3.8, medium density).</summary>
internal sealed partial class Stm32F1Rcc
{
    private static readonly (int Bit, string Name, bool Modelled)[] AhbNames =
    [
        (0, "DMA1", true), (2, "SRAM", true), (4, "FLITF", true), (6, "CRC", true),
    ];

    private static readonly (int Bit, string Name, bool Modelled)[] Apb2Names =
    [
        (0, "AFIO", true), (2, "IOPA", true), (3, "IOPB", true), (4, "IOPC", true), (5, "IOPD", true), (6, "IOPE", true), (9, "ADC1", true),
        (10, "ADC2", true), (11, "TIM1", true), (12, "SPI1", true), (14, "USART1", true),
    ];

    private static readonly (int Bit, string Name, bool Modelled)[] Apb1Names =
    [
        (0, "TIM2", true), (1, "TIM3", true), (2, "TIM4", true), (11, "WWDG", true), (14, "SPI2", true), (17, "USART2", true),
        (18, "USART3", true), (21, "I2C1", true), (22, "I2C2", true), (23, "USB", false), (25, "CAN", false), (27, "BKP", true), (28, "PWR", true),
    ];

    private Register DefineGates(string name, uint offset, (int Bit, string Name, bool Modelled)[] names, uint resetValue)
    {
        var register = _map.Define(name, offset, resetValue);
        DefineBits(register, names, "EN");
        return register;
    }

    private Register DefineResets(string name, uint offset, (int Bit, string Name, bool Modelled)[] names)
    {
        var register = _map.Define(name, offset);
        DefineBits(register, names, "RST");
        return register.OnWrite((previous, _) => WriteReset(register, previous));
    }

    private static void DefineBits(Register register, (int Bit, string Name, bool Modelled)[] names, string suffix)
    {
        foreach (var (bit, name, modelled) in names)
        {
            _ = modelled ? register.Field(name + suffix, bit) : register.Tagged(name + suffix, bit);
        }
    }
}
