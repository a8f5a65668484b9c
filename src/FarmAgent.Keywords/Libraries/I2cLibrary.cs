using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Traces;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using Google.Protobuf;

namespace FarmAgent.Keywords.Libraries;

/// <summary>The board's I2C bus, for any device on it.</summary>
internal sealed class I2cLibrary : IKeywordLibrary
{
    private const long LongestRead = 4096;

    private readonly FarmSession _session;

    public I2cLibrary(FarmSession session)
    {
        _session = session;
        Keywords =
        [
            new("I2c Transfer", "address, write=, read=0", Transfer) { Documentation = "One combined transfer; returns the bytes read as text, 'BE EF'." },
            new("I2c Scan", "", Scan) { Documentation = "Addresses that acknowledge, as a list of texts." },
            new("I2c Should Acknowledge", "address", ShouldAcknowledge) { Documentation = "Fails unless somebody acknowledges the address.", IsAssertion = true },
            new("I2c Should Not Acknowledge", "address", ShouldNotAcknowledge) { Documentation = "Fails if somebody acknowledges the address, or the bus is broken.", IsAssertion = true },
        ];
    }

    public string Name => "I2c";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private static uint Address(KeywordArguments arguments) => (uint)HardwareArguments.Number(arguments, "address", 0x08, 0x77, hexRange: true);

    private object? Transfer(IKeywordContext context, KeywordArguments arguments)
    {
        var address = Address(arguments);
        var answer = Transfer(context, address, HardwareArguments.Bytes(arguments, "write"), (uint)HardwareArguments.Number(arguments, "read", 0, LongestRead));
        return answer.Status == TransferStatus.Ok
            ? HardwareArguments.Hex(answer.Data.Span)
            : throw FarmCall.Failure(context, answer.Diagnosis, $"0x{address:X2} did not acknowledge.");
    }

    private object? Scan(IKeywordContext context, KeywordArguments arguments)
    {
        var answer = FarmCall.Run(
            context,
            token => _session.Client.I2c.Scan(new ScanRequest { Board = _session.BoardName, Lease = _session.Lease }, cancellationToken: token),
            error => _session.Trace.Add("i2c", "scan", error.Reason));
        var found = answer.Hits.Select(hit => $"0x{hit.Address:X2}").ToList();
        _session.Trace.Add("i2c", "scan", found.Count == 0 ? "nobody acknowledged" : string.Join(' ', found));
        return new PyList(found);
    }

    private object? ShouldAcknowledge(IKeywordContext context, KeywordArguments arguments)
    {
        var address = Address(arguments);
        var answer = Transfer(context, address, [], 0);
        return answer.Status == TransferStatus.Ok
            ? null
            : throw FarmCall.Failure(context, answer.Diagnosis, $"0x{address:X2} did not acknowledge its address.");
    }

    private object? ShouldNotAcknowledge(IKeywordContext context, KeywordArguments arguments)
    {
        var address = Address(arguments);
        var answer = Transfer(context, address, [], 0, expectNack: true);
        return answer.Status switch
        {
            TransferStatus.AddressNack => null,
            TransferStatus.Ok => throw new KeywordFailedException($"0x{address:X2} acknowledged its address."),
            _ => throw FarmCall.Failure(context, answer.Diagnosis, $"0x{address:X2}: the transfer ended with {answer.Status}."),
        };
    }

    private TransferResponse Transfer(IKeywordContext context, uint address, byte[] write, uint readLength, bool expectNack = false)
    {
        var request = new TransferRequest
        {
            Board = _session.BoardName,
            Lease = _session.Lease,
            Address = address,
            Write = ByteString.CopyFrom(write),
            ReadLength = readLength,
            ExpectNack = expectNack,
        };
        var answer = FarmCall.Run(
            context, token => _session.Client.I2c.Transfer(request, cancellationToken: token), error => _session.Trace.AddFailure(address, "transfer", error));
        _session.Trace.AddTransfer(address, write, answer.Data.Span, readLength, answer.Status);
        return answer;
    }
}
