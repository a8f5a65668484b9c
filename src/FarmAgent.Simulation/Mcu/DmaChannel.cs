using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// One channel of DMA1 (RM0008 section 13.4): item by item between two addresses, a few cycles each. Channels do not slow each other or the
/// core down.
/// </summary>
internal sealed class DmaChannel
{
    private const uint Enable = 1 << 0;
    private const uint CompleteInterrupt = 1 << 1;
    private const uint HalfInterrupt = 1 << 2;
    private const uint ErrorInterrupt = 1 << 3;
    private const uint FromMemory = 1 << 4;
    private const uint Circular = 1 << 5;
    private const uint PeripheralIncrement = 1 << 6;
    private const uint MemoryIncrement = 1 << 7;
    private const uint MemoryToMemory = 1 << 14;

    /// <summary>Arbitration, address and bus cycles of one item (AN2548 section 1.3 has 5 to 8).</summary>
    private const int CyclesPerItem = 6;

    private readonly DmaController _owner;
    private readonly int _index;
    private readonly Register _control;
    private readonly Register _count;
    private readonly Register _peripheral;
    private readonly Register _memory;
    private readonly List<DmaRequest> _requests = [];
    private uint _items;
    private uint _peripheralAt;
    private uint _memoryAt;
    private IDisposable? _transfer;

    public DmaChannel(DmaController owner, RegisterMap map, int index)
    {
        _owner = owner;
        _index = index;
        var offset = 0x08 + (20 * (uint)index);
        _control = map.Define($"CCR{index + 1}", offset)
            .Field("EN", 0).Field("TCIE", 1).Field("HTIE", 2).Field("TEIE", 3).Field("DIR", 4).Field("CIRC", 5).Field("PINC", 6).Field("MINC", 7)
            .Field("PSIZE", 8, 2).Field("MSIZE", 10, 2).Field("PL", 12, 2).Field("MEM2MEM", 14)
            .OnWrite((previous, _) => WriteControl(previous));
        _count = map.Define($"CNDTR{index + 1}", offset + 4).Field("NDT", 0, 16).OnWrite((previous, _) => KeepWhileEnabled(_count!, previous));
        _peripheral = map.Define($"CPAR{index + 1}", offset + 8).Field("PA", 0, 32).OnWrite((previous, _) => KeepWhileEnabled(_peripheral!, previous));
        _memory = map.Define($"CMAR{index + 1}", offset + 12).Field("MA", 0, 32).OnWrite((previous, _) => KeepWhileEnabled(_memory!, previous));
    }

    /// <summary>Interrupt enables, in the places of the flags: complete, half, error.</summary>
    public uint EnabledFlags => _control.Value & (CompleteInterrupt | HalfInterrupt | ErrorInterrupt);

    public void Connect(DmaRequest request)
    {
        _requests.Add(request);
        request.Raised = Continue;
    }

    public void Stop()
    {
        _transfer?.Dispose();
        _transfer = null;
    }

    private bool IsWanted => _control.Has(MemoryToMemory) || _requests.Exists(r => r.IsActive);

    private void KeepWhileEnabled(Register register, uint previous) => register.Value = _control.Has(Enable) ? previous : register.Value;

    private void WriteControl(uint previous)
    {
        if (!_control.Has(Enable))
        {
            Stop();
        }
        else if ((previous & Enable) == 0)
        {
            _items = _count.Value;
            _peripheralAt = _peripheral.Value;
            _memoryAt = _memory.Value;
        }

        _owner.UpdateInterrupts();
        Continue();
    }

    private void Continue()
    {
        if (_transfer is null && _control.Has(Enable) && _count.Value > 0 && IsWanted)
        {
            _transfer = _owner.After(CyclesPerItem, MoveItem);
        }
    }

    private void MoveItem()
    {
        _transfer = null;
        var request = _requests.Find(r => r.IsActive);
        if (request is null && !_control.Has(MemoryToMemory))
        {
            return;
        }

        request?.Acknowledge();
        var peripheralSize = 1 << (int)((_control.Value >> 8) & 3);
        var memorySize = 1 << (int)((_control.Value >> 10) & 3);
        var done = _control.Has(FromMemory)
            ? _owner.Copy(_memoryAt, memorySize, _peripheralAt, peripheralSize)
            : _owner.Copy(_peripheralAt, peripheralSize, _memoryAt, memorySize);
        if (!done)
        {
            // A bus error switches the channel off (RM0008 section 13.3.5).
            _control.Assign(Enable, false);
            _owner.Raise(_index, DmaFlags.TransferError);
            return;
        }

        _peripheralAt += _control.Has(PeripheralIncrement) ? (uint)peripheralSize : 0;
        _memoryAt += _control.Has(MemoryIncrement) ? (uint)memorySize : 0;
        CountItem();
        Continue();
    }

    private void CountItem()
    {
        _count.Value--;
        if (_count.Value == _items / 2)
        {
            _owner.Raise(_index, DmaFlags.HalfTransfer);
        }

        if (_count.Value > 0)
        {
            return;
        }

        if (_control.Has(Circular) && !_control.Has(MemoryToMemory))
        {
            _count.Value = _items;
            _peripheralAt = _peripheral.Value;
            _memoryAt = _memory.Value;
        }

        _owner.Raise(_index, DmaFlags.TransferComplete);
    }
}

/// <summary>Flags of one channel in DMA_ISR (RM0008 section 13.4.1).</summary>
[Flags]
internal enum DmaFlags : uint
{
    None = 0,
    Global = 1 << 0,
    TransferComplete = 1 << 1,
    HalfTransfer = 1 << 2,
    TransferError = 1 << 3,
}
