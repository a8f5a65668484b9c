using System.Buffers.Binary;

namespace FarmAgent.Probes.StLink;

/// <content>Several accesses to words by two commands: one carries what to do, the other fetches values and a status for each.</content>
internal sealed partial class StLinkProbe
{
    private const byte SetAddress = 1;
    private const byte WriteOperand = 2;
    private const byte ReadOperand = 3;

    /// <summary>What a V2 takes at once, less one for padding.</summary>
    private const int BatchLimit = 63;

    /// <summary>Below this number single commands are as few.</summary>
    private const int WorthwhileBatch = 3;

    private int _lastBatch;
    private bool _batchesFail;

    /// <inheritdoc/>
    public uint[] Access(params ReadOnlySpan<WordAccess> accesses)
    {
        var values = new uint[accesses.Length];
        for (var done = 0; done < accesses.Length;)
        {
            var taken = TakeBatch(accesses[done..]);
            var part = accesses.Slice(done, taken);
            if (taken < WorthwhileBatch || _batchesFail || !_version.RunsBatches || !TryBatch(part, values.AsSpan(done, taken)))
            {
                AccessSingly(part, values.AsSpan(done, taken));
            }

            done += taken;
        }

        return values;
    }

    private static int TakeBatch(ReadOnlySpan<WordAccess> accesses)
    {
        var items = 0;
        for (var i = 0; i < accesses.Length; i++)
        {
            RequireAligned(accesses[i].Address, 4);
            items += accesses[i].Written is null ? 1 : 2;
            if (items > BatchLimit)
            {
                return i;
            }
        }

        return accesses.Length;
    }

    private void AccessSingly(ReadOnlySpan<WordAccess> accesses, Span<uint> values)
    {
        for (var i = 0; i < accesses.Length; i++)
        {
            if (accesses[i].Written is { } value)
            {
                WriteWord(accesses[i].Address, value);
            }
            else
            {
                values[i] = ReadWord(accesses[i].Address);
            }
        }
    }

    /// <returns>False when this probe's firmware claims to know batches and does not answer them.</returns>
    private bool TryBatch(ReadOnlySpan<WordAccess> accesses, Span<uint> values)
    {
        var retry = default(RetryState);
        var isRepeated = false;
        while (true)
        {
            byte[] reply;
            int[] owners;
            try
            {
                (reply, owners) = ExchangeBatch(accesses);
            }
            catch (ProbeException e) when (e.Reason == "PROBE_REPLY_LOST")
            {
                _batchesFail = isRepeated;
                if (isRepeated)
                {
                    return false;
                }

                isRepeated = true;
                continue;
            }

            if (FirstFailure(accesses, reply, owners) is not { } failed)
            {
                TakeValues(accesses, reply, owners, values);
                return true;
            }

            var (status, access) = failed;
            React(
                status,
                ref retry,
                access.Written is { } value ? $"write 0x{value:X8} to 0x{access.Address:X8}" : $"read the word at 0x{access.Address:X8}",
                access.Address);
        }
    }

    private (byte[] Reply, int[] Owners) ExchangeBatch(ReadOnlySpan<WordAccess> accesses)
    {
        Span<byte> operations = stackalloc byte[BatchLimit + 1];
        Span<uint> operands = stackalloc uint[BatchLimit + 1];
        Span<int> owners = stackalloc int[BatchLimit + 1];
        var count = 0;
        for (var i = 0; i < accesses.Length; i++)
        {
            if (accesses[i].Written is { } value)
            {
                (operations[count], operands[count], owners[count]) = (SetAddress, accesses[i].Address, i);
                count++;
                (operations[count], operands[count], owners[count]) = (WriteOperand, value, i);
            }
            else
            {
                (operations[count], operands[count], owners[count]) = (ReadOperand, accesses[i].Address, i);
            }

            count++;
        }

        // Replies to two batches in a row never have the same length, so one that came late shows.
        if (count == _lastBatch)
        {
            (operations[count], operands[count], owners[count]) = (SetAddress, accesses[^1].Address, accesses.Length - 1);
            count++;
        }

        _lastBatch = count;
        var padded = (count + 3) & ~3;
        var data = new byte[padded + (count * sizeof(uint))];
        operations[..count].CopyTo(data);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(padded + (i * sizeof(uint))), operands[i]);
        }

        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.RunBatch);
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], (uint)count);
        _transport.SendData(command, data);
        var reply = new byte[count * 2 * sizeof(uint)];
        _transport.Exchange(NewCommand(command, StLinkDebugCommand.CollectBatch), reply, repeatable: false);
        return (reply, owners[..count].ToArray());
    }

    private static (StLinkStatus Status, WordAccess Access)? FirstFailure(ReadOnlySpan<WordAccess> accesses, byte[] reply, int[] owners)
    {
        for (var i = 0; i < owners.Length; i++)
        {
            var status = (StLinkStatus)reply[(owners.Length + i) * sizeof(uint)];
            var access = accesses[owners[i]];
            if (status != StLinkStatus.Ok && !(access.Written is not null && status == StLinkStatus.WriteVerifyError))
            {
                return (status, access);
            }
        }

        return null;
    }

    private static void TakeValues(ReadOnlySpan<WordAccess> accesses, byte[] reply, int[] owners, Span<uint> values)
    {
        for (var i = owners.Length - 1; i >= 0; i--)
        {
            // From behind: padding belongs to the last access, whose own item comes before it.
            if (accesses[owners[i]].Written is null)
            {
                values[owners[i]] = BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(i * sizeof(uint)));
            }
        }
    }
}
