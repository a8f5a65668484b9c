using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using FarmAgent.Agent.Stores;
using FarmAgent.Probes;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Boards, probes and what is known of their flash, for the API.</summary>
internal static class BoardMapping
{
    public static Wire.Board ToWire(this BoardSession session, BoardLeaseStatus status, FlashContent content)
    {
        var description = session.Description;
        var board = new Wire.Board
        {
            Name = ResourceNames.OfBoard(session.Name),
            Title = description.Title,
            Bench = session.Backend.IsVirtual ? Wire.BenchKind.Virtual : Wire.BenchKind.Real,
            State = StateOf(session, status),
            ExpectedChip = description.Chip ?? "",
            Probe = session.Probe?.Presence.Info?.ToWire(session.Name),
            Waiting = status.Waiting,
            FlashContent = content.ToWire(),
        };
        board.Labels.Add(description.Labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal));
        board.Problems.Add(session.Problems);
        board.I2CAdapters.Add(description.I2cAdapters.Select(ToWire));
        board.GpioLines.Add(description.GpioLines.Select(ToWire));
        board.SerialPorts.Add(description.SerialPorts.Select(p => new Wire.SerialPortInfo { Name = p.Name, BaudRate = (uint)p.Settings.BaudRate }));
        if (status.Lease is { } lease)
        {
            board.Lease = ResourceNames.OfLease(lease.Id);
            board.HeldBy = lease.Owner;
            board.HeldUntil = lease.ExpireTime.ToTimestamp();
        }

        return board;
    }

    public static Wire.Probe ToWire(this ProbeInfo probe, string? board) => new()
    {
        Model = probe.Model,
        Serial = probe.Serial,
        PortPath = probe.Device.PortPath,
        Board = board is null ? "" : ResourceNames.OfBoard(board),
        Problem = probe.Problem ?? "",
    };

    public static Wire.FlashContent ToWire(this FlashContent content)
    {
        var wire = new Wire.FlashContent();
        if (content.IsProven)
        {
            wire.Receipt = Documents.ReadReceipt(content.Proof.Document);
        }
        else
        {
            wire.InvalidReason = content.Intent is { } intent ? $"{intent.Description} is at work" : content.InvalidReason;
        }

        wire.Undefined.Add((content.Intent?.Touched ?? content.Undefined).Select(FlashMapping.ToWire));
        return wire;
    }

    private static Wire.I2cAdapter ToWire(I2cAdapterDescription adapter) => new()
    {
        Name = adapter.Name,
        ExpanderAddress = adapter.ExpanderAddress?.Value ?? 0u,
        ClockHz = (uint)adapter.ClockHz,
    };

    private static Wire.GpioLineInfo ToWire(GpioLineDescription line) => new()
    {
        Name = line.Name,
        LegacyNumber = (uint)(line.LegacyNumber ?? 0),
        WiredTo = line.WiredTo ?? "",
    };

    private static Wire.BoardState StateOf(BoardSession session, BoardLeaseStatus status) =>
        status.Lease is not null ? Wire.BoardState.Leased
        : session.Quarantine is not null ? Wire.BoardState.Quarantined
        : session.IsAvailable ? Wire.BoardState.Free
        : Wire.BoardState.Broken;
}
