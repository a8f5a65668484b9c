using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>The memory map (RM0008 table 3, medium density) and what is joined to what inside the chip.</summary>
internal sealed partial class Stm32F103
{
    private const uint PeripheralSize = 0x400;

    private void MapMemories(BenchTarget target)
    {
        Bus.MapMemory(0x0800_0000, Flash.MainMemory);
        Bus.MapMemory(SystemMemory.Start, SystemMemory.Create(Identity.FlashSizeWord, target.UniqueId));
        Bus.MapMemory(0x1FFF_F800, Flash.OptionMemory);
        Bus.MapMemory(0x2000_0000, _sram);
        Bus.SetBootAlias(Flash.MainMemory);
    }

    private void MapPeripherals()
    {
        Map(0x4000_0000, Timer2);
        Map(0x4000_0400, Unmodelled("TIM3"));
        Map(0x4000_0800, Unmodelled("TIM4"));
        Map(0x4000_2800, Unmodelled("RTC", "CRH", "CRL", "PRLH", "PRLL", "DIVH", "DIVL", "CNTH", "CNTL", "ALRH", "ALRL"));
        Map(0x4000_2C00, Unmodelled("WWDG", "CR", "CFR", "SR"));
        Map(0x4000_3000, _watchdog);
        Map(0x4000_3800, Unmodelled("SPI2", SpiRegisters));
        Map(0x4000_4400, Unmodelled("USART2", UsartRegisters));
        Map(0x4000_4800, Unmodelled("USART3", UsartRegisters));
        Map(0x4000_5400, I2c1);
        Map(0x4000_5800, Unmodelled("I2C2", "CR1", "CR2", "OAR1", "OAR2", "DR", "SR1", "SR2", "CCR", "TRISE"));
        Map(0x4000_5C00, Unmodelled("USB"));
        Map(0x4000_6000, Unmodelled("USB SRAM"));
        Map(0x4000_6400, Unmodelled("CAN"));
        Map(0x4000_6C00, Unmodelled("BKP", "", "DR1", "DR2", "DR3", "DR4", "DR5", "DR6", "DR7", "DR8", "DR9", "DR10", "RTCCR", "CR", "CSR"));
        Map(0x4000_7000, Unmodelled("PWR", "CR", "CSR"));

        Map(0x4001_0000, _afio);
        Map(0x4001_0400, _exti);
        for (var port = 0; port < _ports.Length; port++)
        {
            Map(0x4001_0800 + ((uint)port * PeripheralSize), _ports[port]);
        }

        Map(0x4001_2400, Unmodelled("ADC1"));
        Map(0x4001_2800, Unmodelled("ADC2"));
        Map(0x4001_2C00, Unmodelled("TIM1"));
        Map(0x4001_3000, Unmodelled("SPI1", SpiRegisters));
        Map(0x4001_3800, Usart1);

        Map(0x4002_0000, Unmodelled("DMA1", DmaRegisters()));
        Map(0x4002_1000, _rcc);
        Map(0x4002_2000, Flash);
        Map(0x4002_3000, Crc);
        Map(0xE004_2000, _debug);
    }

    private static string[] SpiRegisters => ["CR1", "CR2", "SR", "DR", "CRCPR", "RXCRCR", "TXCRCR"];

    private static string[] UsartRegisters => ["SR", "DR", "BRR", "CR1", "CR2", "CR3", "GTPR"];

    private static string[] DmaRegisters() =>
    [
        "ISR", "IFCR",
        .. Enumerable.Range(1, 7).SelectMany(channel => new[] { $"CCR{channel}", $"CNDTR{channel}", $"CPAR{channel}", $"CMAR{channel}", "" }),
    ];

    private UnmodelledPeripheral Unmodelled(string name, params ReadOnlySpan<string> registers) => new(name, _notices, registers);

    private void Map(uint start, IBusPeripheral peripheral) => Bus.MapPeripheral(start, PeripheralSize, peripheral);

    private void ConnectClocks()
    {
        Crc.Gate = _rcc.ConnectAhb(6);
        _afio.Gate = _rcc.ConnectApb2(0, _afio);
        for (var port = 0; port < _ports.Length; port++)
        {
            _ports[port].Gate = _rcc.ConnectApb2(2 + port, _ports[port]);
        }

        Usart1.Gate = _rcc.ConnectApb2(14, Usart1);
        Timer2.Gate = _rcc.ConnectApb1(0, Timer2);
        I2c1.Gate = _rcc.ConnectApb1(21, I2c1);
    }

    /// <summary>Brings the levels of the pins to EXTI, by the port that AFIO has chosen for each line.</summary>
    private void ConnectPins()
    {
        for (var port = 0; port < _ports.Length; port++)
        {
            for (var pin = 0; pin < PinsPerPort; pin++)
            {
                var (ofPort, line) = (port, pin);
                _ports[port][pin].Endpoint.LevelChanged += high =>
                {
                    if (_afio.PortOf(line) == ofPort)
                    {
                        _exti.SetLevel(line, high);
                    }
                };
            }
        }

        _afio.SourcesChanged = () =>
        {
            for (var line = 0; line < PinsPerPort; line++)
            {
                var port = _afio.PortOf(line);
                _exti.SetLevel(line, port < _ports.Length && _ports[port][line].Endpoint.Level);
            }
        };
    }
}
