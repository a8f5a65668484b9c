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
        Map(0x4000_0000, _timers[1]);
        Map(0x4000_0400, _timers[2]);
        Map(0x4000_0800, _timers[3]);
        Map(0x4000_2800, _realTimeClock);
        Map(0x4000_2C00, _windowWatchdog);
        Map(0x4000_3000, _watchdog);
        Map(0x4000_3800, _spis[1]);
        Map(0x4000_4400, _usarts[1]);
        Map(0x4000_4800, _usarts[2]);
        Map(0x4000_5400, I2c1);
        Map(0x4000_5800, I2c2);
        Map(0x4000_5C00, Unmodelled("USB", UsbRegisters));
        Map(0x4000_6000, Unmodelled("USB SRAM"));
        Map(0x4000_6400, Unmodelled("CAN", "MCR", "MSR", "TSR", "RF0R", "RF1R", "IER", "ESR", "BTR"));
        Map(0x4000_6C00, _backup);
        Map(0x4000_7000, _power);

        Map(0x4001_0000, _afio);
        Map(0x4001_0400, _exti);
        for (var port = 0; port < _ports.Length; port++)
        {
            Map(0x4001_0800 + ((uint)port * PeripheralSize), _ports[port]);
        }

        Map(0x4001_2400, _adcs[0]);
        Map(0x4001_2800, _adcs[1]);
        Map(0x4001_2C00, _timers[0]);
        Map(0x4001_3000, _spis[0]);
        Map(0x4001_3800, _usarts[0]);

        Map(0x4002_0000, _dma);
        Map(0x4002_1000, _rcc);
        Map(0x4002_2000, Flash);
        Map(0x4002_3000, Crc);
        Map(0xE004_2000, _debug);
    }

    private static string[] UsbRegisters =>
    [
        .. Enumerable.Range(0, 8).Select(endpoint => $"EP{endpoint}R"), .. Enumerable.Repeat("", 8), "CNTR", "ISTR", "FNR", "DADDR", "BTABLE",
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

        _dma.Gate = _rcc.ConnectAhb(0);
        _adcs[0].Gate = _rcc.ConnectApb2(9, _adcs[0]);
        _adcs[1].Gate = _rcc.ConnectApb2(10, _adcs[1]);
        _timers[0].Gate = _rcc.ConnectApb2(11, _timers[0]);
        _spis[0].Gate = _rcc.ConnectApb2(12, _spis[0]);
        _usarts[0].Gate = _rcc.ConnectApb2(14, _usarts[0]);
        _timers[1].Gate = _rcc.ConnectApb1(0, _timers[1]);
        _timers[2].Gate = _rcc.ConnectApb1(1, _timers[2]);
        _timers[3].Gate = _rcc.ConnectApb1(2, _timers[3]);
        _windowWatchdog.Gate = _rcc.ConnectApb1(11, _windowWatchdog);
        _spis[1].Gate = _rcc.ConnectApb1(14, _spis[1]);
        _usarts[1].Gate = _rcc.ConnectApb1(17, _usarts[1]);
        _usarts[2].Gate = _rcc.ConnectApb1(18, _usarts[2]);
        I2c1.Gate = _rcc.ConnectApb1(21, I2c1);
        I2c2.Gate = _rcc.ConnectApb1(22, I2c2);
        _backup.Gate = _rcc.ConnectApb1(27, _backup);
        _power.Gate = _rcc.ConnectApb1(28, _power);
    }

    /// <summary>Which request goes to which channel (RM0008 table 78).</summary>
    private void ConnectRequests()
    {
        _dma.Connect(1, _adcs[0].Request);
        _dma.Connect(2, _spis[0].ReceiveRequest);
        _dma.Connect(3, _spis[0].TransmitRequest);
        _dma.Connect(4, _spis[1].ReceiveRequest);
        _dma.Connect(5, _spis[1].TransmitRequest);
        ConnectSerialRequests(_usarts[0], transmit: 4, receive: 5);
        ConnectSerialRequests(_usarts[1], transmit: 7, receive: 6);
        ConnectSerialRequests(_usarts[2], transmit: 2, receive: 3);
        _dma.Connect(6, I2c1.TransmitRequest);
        _dma.Connect(7, I2c1.ReceiveRequest);
        _dma.Connect(4, I2c2.TransmitRequest);
        _dma.Connect(5, I2c2.ReceiveRequest);
        ConnectTimerRequests(_timers[0], update: 5, [2, 3, 6, 4]);
        ConnectTimerRequests(_timers[1], update: 2, [5, 7, 1, 7]);
        ConnectTimerRequests(_timers[2], update: 3, [6, 0, 2, 3]);
        ConnectTimerRequests(_timers[3], update: 7, [1, 4, 5, 0]);

        bool[] asks = new bool[_adcs.Length];
        for (var index = 0; index < _adcs.Length; index++)
        {
            var converter = index;
            _adcs[index].InterruptChanged = active =>
            {
                asks[converter] = active;
                Cpu.Interrupts.SetLevel(18, asks[0] || asks[1]);
            };
        }
    }

    private void ConnectSerialRequests(Stm32F1Usart usart, int transmit, int receive)
    {
        _dma.Connect(transmit, usart.TransmitRequest);
        _dma.Connect(receive, usart.ReceiveRequest);
    }

    /// <summary>A channel of 0 has no request on this chip.</summary>
    private void ConnectTimerRequests(Stm32F1Timer timer, int update, int[] compares)
    {
        _dma.Connect(update, timer.UpdateRequest);
        for (var index = 0; index < compares.Length; index++)
        {
            if (compares[index] > 0)
            {
                _dma.Connect(compares[index], timer.CompareRequests[index]);
            }
        }
    }

    private void ConnectBackupDomain()
    {
        _rcc.IsBackupWritable = () => _power.IsBackupWritable;
        _rcc.RealTimeClockChanged = _realTimeClock.SetClock;
        _rcc.BackupReset = _realTimeClock.ResetDomain;
        _realTimeClock.AlarmRang = () =>
        {
            _exti.SetLevel(17, high: true);
            _exti.SetLevel(17, high: false);
            WakeFromStandby();
        };
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

                    NoteEdge(ofPort, line, high);
                };
            }
        }

        _afio.RemapChanged = RoutePins;
        RoutePins();
        _afio.SourcesChanged = () =>
        {
            for (var line = 0; line < PinsPerPort; line++)
            {
                var port = _afio.PortOf(line);
                _exti.SetLevel(line, port < _ports.Length && _ports[port][line].Endpoint.Level);
            }
        };
    }

    private void NoteEdge(int port, int number, bool high)
    {
        foreach (var timer in _timers)
        {
            timer.NoteEdge(_ports[port][number], high);
        }
    }
}
