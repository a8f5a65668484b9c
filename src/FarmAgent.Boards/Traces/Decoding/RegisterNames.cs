using System.Collections.Frozen;

namespace FarmAgent.Boards.Traces.Decoding;

/// <summary>
/// Names of registers by address: the core's (ARMv7-M ARM sections B3.2, C1.6, C1.8, C1.11) and the peripherals of the STM32F1 (RM0008
/// section 3.3 and the register maps of its chapters).
/// </summary>
internal static class RegisterNames
{
    private const uint BlockMask = 0xFFFF_FC00;

    private static readonly FrozenDictionary<uint, string> Core = new Dictionary<uint, string>
    {
        [0xE000_1000] = "DWT_CTRL",
        [0xE000_1004] = "DWT_CYCCNT",
        [0xE000_101C] = "DWT_PCSR",
        [0xE000_2000] = "FP_CTRL",
        [0xE000_E010] = "SYST_CSR",
        [0xE000_E014] = "SYST_RVR",
        [0xE000_E018] = "SYST_CVR",
        [0xE000_ED00] = "CPUID",
        [0xE000_ED04] = "ICSR",
        [0xE000_ED08] = "VTOR",
        [0xE000_ED0C] = "AIRCR",
        [0xE000_ED10] = "SCR",
        [0xE000_ED14] = "CCR",
        [0xE000_ED24] = "SHCSR",
        [0xE000_ED28] = "CFSR",
        [0xE000_ED2C] = "HFSR",
        [0xE000_ED30] = "DFSR",
        [0xE000_ED34] = "MMFAR",
        [0xE000_ED38] = "BFAR",
        [0xE000_EDF0] = "DHCSR",
        [0xE000_EDF4] = "DCRSR",
        [0xE000_EDF8] = "DCRDR",
        [0xE000_EDFC] = "DEMCR",
        [0xE004_2000] = "DBGMCU_IDCODE",
        [0xE004_2004] = "DBGMCU_CR",
        [0x1FFF_F7E0] = "F_SIZE",
        [0x1FFF_F7E8] = "U_ID0",
        [0x1FFF_F7EC] = "U_ID1",
        [0x1FFF_F7F0] = "U_ID2",
        [0x1FFF_F800] = "OPTION_BYTES",
    }.ToFrozenDictionary();

    private static readonly string[] Gpio = ["CRL", "CRH", "IDR", "ODR", "BSRR", "BRR", "LCKR"];
    private static readonly string[] Usart = ["SR", "DR", "BRR", "CR1", "CR2", "CR3", "GTPR"];
    private static readonly string[] I2c = ["CR1", "CR2", "OAR1", "OAR2", "DR", "SR1", "SR2", "CCR", "TRISE"];

    private static readonly string[] Timer =
        ["CR1", "CR2", "SMCR", "DIER", "SR", "EGR", "CCMR1", "CCMR2", "CCER", "CNT", "PSC", "ARR", "RCR", "CCR1", "CCR2", "CCR3", "CCR4", "BDTR", "DCR", "DMAR"];

    private static readonly FrozenDictionary<uint, (string Name, string[] Registers)> Blocks = new Dictionary<uint, (string, string[])>
    {
        [0x4000_0000] = ("TIM2", Timer),
        [0x4000_0400] = ("TIM3", Timer),
        [0x4000_0800] = ("TIM4", Timer),
        [0x4000_2C00] = ("WWDG", ["CR", "CFR", "SR"]),
        [0x4000_3000] = ("IWDG", ["KR", "PR", "RLR", "SR"]),
        [0x4000_4400] = ("USART2", Usart),
        [0x4000_4800] = ("USART3", Usart),
        [0x4000_5400] = ("I2C1", I2c),
        [0x4000_5800] = ("I2C2", I2c),
        [0x4000_7000] = ("PWR", ["CR", "CSR"]),
        [0x4001_0000] = ("AFIO", ["EVCR", "MAPR", "EXTICR1", "EXTICR2", "EXTICR3", "EXTICR4"]),
        [0x4001_0400] = ("EXTI", ["IMR", "EMR", "RTSR", "FTSR", "SWIER", "PR"]),
        [0x4001_0800] = ("GPIOA", Gpio),
        [0x4001_0C00] = ("GPIOB", Gpio),
        [0x4001_1000] = ("GPIOC", Gpio),
        [0x4001_1400] = ("GPIOD", Gpio),
        [0x4001_1800] = ("GPIOE", Gpio),
        [0x4001_2C00] = ("TIM1", Timer),
        [0x4001_3800] = ("USART1", Usart),
        [0x4002_1000] = ("RCC", ["CR", "CFGR", "CIR", "APB2RSTR", "APB1RSTR", "AHBENR", "APB2ENR", "APB1ENR", "BDCR", "CSR"]),
        [0x4002_2000] = ("FLASH", ["ACR", "KEYR", "OPTKEYR", "SR", "CR", "AR", "RESERVED", "OBR", "WRPR"]),
        [0x4002_3000] = ("CRC", ["DR", "IDR", "CR"]),
    }.ToFrozenDictionary();

    /// <summary>The name of an address; null for memory and for what is not in the table.</summary>
    /// <param name="address">Address on the chip's bus.</param>
    public static string? Find(uint address)
    {
        if (Core.TryGetValue(address, out var name))
        {
            return name;
        }

        var index = (address & ~BlockMask) / sizeof(uint);
        return Blocks.TryGetValue(address & BlockMask, out var block) && index < block.Registers.Length ? $"{block.Name}_{block.Registers[index]}" : null;
    }

    /// <summary>An address for people: <c>FLASH_CR</c>, <c>flash 0x08000400</c>, <c>0x20000000</c>.</summary>
    public static string Describe(uint address) => Find(address) ?? $"0x{address:X8}";

    /// <summary>A register of a debug port or of a memory access port (ADIv5.2 sections 2.3 and 7.5).</summary>
    /// <param name="port">0xFFFF for the debug port, else the number of the access port.</param>
    /// <param name="address">Address in the port.</param>
    public static string DescribeDap(ushort port, ushort address) => port == 0xFFFF
        ? address switch
        {
            0x00 => "DP_DPIDR/ABORT",
            0x04 => "DP_CTRL/STAT",
            0x08 => "DP_SELECT/RESEND",
            0x0C => "DP_RDBUFF",
            _ => $"DP 0x{address:X2}",
        }
        : address switch
        {
            0x00 => $"AP{port}_CSW",
            0x04 => $"AP{port}_TAR",
            0x0C => $"AP{port}_DRW",
            0xF4 => $"AP{port}_CFG",
            0xF8 => $"AP{port}_BASE",
            0xFC => $"AP{port}_IDR",
            _ => $"AP{port} 0x{address:X2}",
        };
}
