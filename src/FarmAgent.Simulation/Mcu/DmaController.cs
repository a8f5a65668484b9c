using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>DMA1 with its seven channels (RM0008 section 13).</summary>
internal sealed class DmaController : GatedPeripheral
{
    private const int FirstInterrupt = 11;
    private const int ChannelCount = 7;
    private const uint AnyFlag = 0xE;

    private readonly SystemBus _bus;
    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly ClockTree _clocks;
    private readonly Register _status;
    private readonly DmaChannel[] _channels = new DmaChannel[ChannelCount];

    public DmaController(SystemBus bus, IBenchTimeline timeline, IInterruptLines interrupts, ClockTree clocks, NoticeBoard notices)
        : base("DMA1", notices)
    {
        _bus = bus;
        _timeline = timeline;
        _interrupts = interrupts;
        _clocks = clocks;
        _status = Map.Define("ISR", 0x00);
        var clear = Map.Define("IFCR", 0x04).OnWrite((_, written) => Clear(written));
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            _status.Field($"channel {channel + 1}", 4 * channel, 4, FieldAccess.ReadOnly);
            clear.Field($"channel {channel + 1}", 4 * channel, 4, FieldAccess.WriteOnly);
            _channels[channel] = new DmaChannel(this, Map, channel);
        }
    }

    /// <summary>Connects a peripheral's requests.</summary>
    /// <param name="channel">1 to 7 (RM0008 table 78).</param>
    /// <param name="request">The line.</param>
    public void Connect(int channel, DmaRequest request) => _channels[channel - 1].Connect(request);

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        foreach (var channel in _channels)
        {
            channel.Stop();
        }

        UpdateInterrupts();
    }

    internal IDisposable After(int cycles, Action action) =>
        _timeline.Schedule(_timeline.Now + (cycles * (BenchTime.Second / _clocks.Hclk)), action);

    /// <summary>Moves one item; a narrow one is filled up with zeros, a wide one cut off (RM0008 table 76).</summary>
    /// <returns>False after a bus error.</returns>
    internal bool Copy(uint from, int fromSize, uint to, int toSize) =>
        _bus.Read(from & ~(uint)(fromSize - 1), fromSize, BusMaster.Dma, out var value) == BusResponse.Okay
        && _bus.Write(to & ~(uint)(toSize - 1), toSize, toSize == 4 ? value : value & ((1u << (8 * toSize)) - 1), BusMaster.Dma) == BusResponse.Okay;

    internal void Raise(int channel, DmaFlags flag)
    {
        _status.Value |= (uint)(flag | DmaFlags.Global) << (4 * channel);
        UpdateInterrupts();
    }

    internal void UpdateInterrupts()
    {
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            _interrupts.SetLevel(FirstInterrupt + channel, ((_status.Value >> (4 * channel)) & _channels[channel].EnabledFlags & AnyFlag) != 0);
        }
    }

    private void Clear(uint written)
    {
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            var flags = (written >> (4 * channel)) & 0xF;
            flags = (flags & 1) != 0 ? 0xFu : flags;
            _status.Value &= ~(flags << (4 * channel));
            if (((_status.Value >> (4 * channel)) & AnyFlag) == 0)
            {
                _status.Value &= ~(1u << (4 * channel));
            }
        }

        UpdateInterrupts();
    }
}
