using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Mcu;
using FarmAgent.Simulation.Serial;

namespace FarmAgent.Simulation.Bench;

/// <summary>The chip's socket: what of the bench reaches whichever chip sits in it.</summary>
public sealed partial class VirtualBench
{
    private readonly Dictionary<WireEndpoint, Action<bool>?> _listenersOfFirstChip = [];
    private Stm32F103? _firstChip;
    private BenchTarget? _guest;
    private readonly Dictionary<WireEndpoint, SerialWire> _fromChip = [];
    private readonly List<(int Place, I2cController Bus)> _busesOfChip = [];

    /// <summary>The chip in the socket.</summary>
    internal Stm32F103 Chip { get; private set; } = null!;

    /// <summary>Puts another chip into the socket, or the first one back, which kept its flash. Called under the lock.</summary>
    /// <param name="guest">The other chip, blank; null for the first one.</param>
    internal void PutIntoSocket(BenchTarget? guest)
    {
        if (guest == _guest)
        {
            return;
        }

        Chip.SetPower(on: false);
        if (_firstChip is null)
        {
            _firstChip = Chip;
            foreach (var end in _chipEnds.Values)
            {
                _listenersOfFirstChip[end] = end.LevelChanged;
            }
        }

        foreach (var end in _chipEnds.Values)
        {
            end.LevelChanged = guest is null ? _listenersOfFirstChip[end] : null;
        }

        _guest = guest;
        Chip = guest is null ? _firstChip : new Stm32F103(Clock, guest with { HseHertz = Description.Target.HseHertz }, ChipEndOf, NoticeBoard);
        Chip.TakeClock(Clock);
        ConnectChip();
        SetSupply(SupplyVolts);
        _dap.PowerOnReset();
    }

    private void ConnectChip()
    {
        Chip.Flash.HoldsHalfWord = HoldsHalfWord;
        Chip.Flash.HeldOperationBroken = () => EndHold("the chip was reset");
        foreach (var pin in Chip.ListPins())
        {
            if (_fromChip.TryGetValue(pin.Endpoint, out var wire))
            {
                Chip.ConnectSerial(pin, wire);
            }
        }

        foreach (var (place, bus) in _busesOfChip)
        {
            var (clock, data, _) = Chip.ListI2cPins().ElementAt(place);
            Chip.ConnectBus(clock, data, bus);
        }

        _dap.Attach(Chip.Bus, Chip.Identity.DebugPort);
    }

    /// <summary>The I2C peripheral at a pair of pins of the chip that is in the socket.</summary>
    private sealed class SocketI2cTarget(VirtualBench bench, int place) : II2cTarget
    {
        private Stm32F103? _chip;
        private II2cTarget? _target;

        private II2cTarget Present
        {
            get
            {
                if (_target is null || _chip != bench.Chip)
                {
                    _chip = bench.Chip;
                    _target = _chip.ListI2cPins().ElementAt(place).Target;
                }

                return _target;
            }
        }

        public void Start() => Present.Start();

        public bool Address(byte address, bool read) => Present.Address(address, read);

        public bool WriteByte(byte value) => Present.WriteByte(value);

        public byte BeginRead() => Present.BeginRead();

        public void EndRead(bool acknowledged) => Present.EndRead(acknowledged);

        public void Stop() => Present.Stop();
    }
}
