using FarmAgent.Agent.Security;
using FarmAgent.Api;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Security;

/// <summary>A farm where somebody holds b1, has flashed it and has run a suite on it; and intruders, each with a client of his own.</summary>
public sealed class IntrudedFarm : IAsyncLifetime
{
    private const string Run = "runs/r-0123456789abcdef";

    private readonly Dictionary<string, FarmClient> _intruders = new(StringComparer.Ordinal);
    private NetworkFarm _farm = null!;
    private FarmClient _victim = null!;
    private string _lease = "";
    private string _image = "";
    private string _operation = "";

    public async ValueTask InitializeAsync()
    {
        _farm = await NetworkFarm.StartAsync("roles: [{who: 'cert:*', role: admin}]\n");
        _victim = _farm.Connect(_farm.Token("victim", CallerRole.Operator));
        var lease = _victim.Leases.AcquireLease(new AcquireLeaseRequest { Board = "boards/b1" });
        _lease = (await lease.ResponseStream.ReadAllAsync().Select(r => r.Lease).FirstAsync(l => l is not null))!.Name;
        _image = (await _victim.UploadImageAsync(TestAgent.Firmware("expander.elf"), 0, CancellationToken.None)).Name;
        using var flash = _victim.Flash.Flash(new FlashRequest { Board = "boards/b1", Lease = _lease, Image = _image });
        _operation = (await flash.ResponseStream.ReadAllAsync().LastAsync()).Operation;
        await _farm.Host.Core.RunRecords.SaveAsync(
            new Run { Name = Run, Board = "boards/b1", Lease = _lease, State = RunState.Ended, StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) }, "token:victim", CancellationToken.None);

        var expired = _farm.Tokens.Create("late", [new Agent.Security.RoleGrant(CallerRole.Admin, [])], TimeSpan.FromTicks(1), oneTime: false, "test").Secret;
        var tls = _farm.Certificate("revoked");
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(tls.CertificateFile!));
        _farm.Host.Core.Security.Revoked.Revoke(certificate.SerialNumber, "lost", "test");
        var tokens = _farm.Host.Core.Security.RunTokens;
        _intruders["nobody"] = _farm.Connect();
        _intruders["expired token"] = _farm.Connect(expired);
        _intruders["revoked certificate"] = _farm.Connect(tls: tls);
        _intruders["one-time token"] = _farm.Connect((await File.ReadAllTextAsync(_farm.Files.OneTimeToken)).Trim());
        _intruders["viewer"] = _farm.Connect(_farm.Token("viewer", CallerRole.Viewer));
        _intruders["operator of another board"] = _farm.Connect(_farm.Token("other", CallerRole.Operator, NetworkFarm.Other));
        _intruders["administrator of another board"] = _farm.Connect(_farm.Token("boss", CallerRole.Admin, NetworkFarm.Other));
        _intruders["operator without the lease"] = _farm.Connect(_farm.Token("neighbour", CallerRole.Operator, NetworkFarm.Mine));
        _intruders["runner of another lease"] = _farm.Connect(tokens.Issue("r-1", "l-other", NetworkFarm.Mine));
        _intruders["runner on another board"] = _farm.Connect(tokens.Issue("r-2", "l-other", NetworkFarm.Other));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _intruders.Values.Append(_victim))
        {
            client.Dispose();
        }

        await _farm.DisposeAsync();
    }

    /// <summary>Calls a method about what is the victim's, and says how it went: a stream up to its first message.</summary>
    public async Task<StatusCode> CallAsync(string who, MethodDescriptor descriptor)
    {
        var request = Request(descriptor).ToByteArray();
        var type = (descriptor.IsClientStreaming, descriptor.IsServerStreaming) switch
        {
            (true, true) => MethodType.DuplexStreaming,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.Unary,
        };
        var bytes = Marshallers.Create(b => b, b => b);
        var method = new Method<byte[], byte[]>(type, descriptor.Service.FullName, descriptor.Name, bytes, bytes);
        var invoker = _intruders[who].CreateCallInvoker();
        var options = new CallOptions(deadline: DateTime.UtcNow + TimeSpan.FromSeconds(2), cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    using (var call = invoker.AsyncUnaryCall(method, null, options, request))
                    {
                        await call.ResponseAsync;
                    }

                    break;
                case MethodType.ServerStreaming:
                    using (var call = invoker.AsyncServerStreamingCall(method, null, options, request))
                    {
                        await call.ResponseStream.MoveNext(CancellationToken.None);
                    }

                    break;
                case MethodType.ClientStreaming:
                    using (var call = invoker.AsyncClientStreamingCall(method, null, options))
                    {
                        await SendAsync(call.RequestStream, request);
                        await call.ResponseAsync;
                    }

                    break;
                default:
                    using (var call = invoker.AsyncDuplexStreamingCall(method, null, options))
                    {
                        await SendAsync(call.RequestStream, request);
                        await call.ResponseStream.MoveNext(CancellationToken.None);
                    }

                    break;
            }

            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    // A call that is refused ends before it has read what is sent to it.
    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, byte[] request)
    {
        try
        {
            await stream.WriteAsync(request);
            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The status is the answer's.
        }
    }

    private IMessage Request(MethodDescriptor method) => Fill(method.InputType, method.Service.Name, depth: 0);

    private IMessage Fill(MessageDescriptor type, string service, int depth)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(f => !f.IsRepeated && !f.IsMap))
        {
            if (field.FieldType == FieldType.String && ValueOf(field.Name, service) is { } text)
            {
                field.Accessor.SetValue(message, text);
            }
            else if (field.FieldType == FieldType.Message && depth < 2 && field.MessageType.File.Package == "farmagent.v1" && (field.ContainingOneof is not { } one || one.Fields[0] == field))
            {
                field.Accessor.SetValue(message, Fill(field.MessageType, service, depth + 1));
            }
        }

        return message;
    }

    private string? ValueOf(string field, string service) => (field, service) switch
    {
        ("board", _) or ("name", "InventoryService") => "boards/b1",
        ("lease", _) or ("name", "LeaseService") => _lease,
        ("name", "FlashService") => _operation,
        ("name" or "run", "RunService") => Run,
        ("image", _) => _image,
        ("name", "SecurityService") => "victim",
        _ => null,
    };
}
