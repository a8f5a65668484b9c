using System.Security.Cryptography;
using System.Text;
using FarmAgent.Agent.Audits;
using FarmAgent.Api.V1;
using Google.Protobuf;

namespace FarmAgent.Agent.Tests.Signatures;

public sealed class SignedImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signed-").FullName;
    private readonly ECDsa _release = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly string _image = TestAgent.Firmware("expander.elf");

    private string Digest => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_image)));

    private string GoodMeta => $"farm-image: 1\nsha256: {Digest}\nversion: 1.4.2\ncommit: 3c7a19e2\n";

    public void Dispose()
    {
        _release.Dispose();
        _rsa.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Flash_SignedByEcdsaKey_ReceiptSaysWhoAndWhat()
    {
        await using var agent = await StartAsync();

        var receipt = await FlashAsync(agent, GoodMeta, EcdsaOf(GoodMeta));

        Assert.Equal(("release.pem", "1.4.2", "3c7a19e2"), (receipt.SignedBy.Key, receipt.SignedBy.Version, receipt.SignedBy.Commit));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Flash_SignedByRsaKey_IsTaken(bool pss)
    {
        await using var agent = await StartAsync();
        var signature = _rsa.SignData(Encoding.UTF8.GetBytes(GoodMeta), HashAlgorithmName.SHA256, pss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);

        Assert.Equal("rsa.pem", (await FlashAsync(agent, GoodMeta, signature)).SignedBy.Key);
    }

    [Fact]
    public async Task Flash_Unsigned_IsRefusedWritesNothingAndIsAudited()
    {
        await using var agent = await StartAsync();

        var error = await TestAgent.FailAsync(() => FlashAsync(agent, "", []));

        agent.Host.Core.Audit.Flush();
        var lines = AuditFolder.List(agent.Host.Core.Audit.Folder).SelectMany(File.ReadLines);
        Assert.Equal("IMAGE_NOT_SIGNED", error.Reason);
        Assert.Null((await agent.BoardAsync()).FlashContent.Receipt);
        Assert.Contains(lines, l => l.Contains("IMAGE_NOT_SIGNED", StringComparison.Ordinal) && l.Contains(Digest, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("version: 1.4.2", "version: 9.9.9")]
    [InlineData("commit: 3c7a19e2", "commit: 00000000")]
    public async Task Flash_MetaChangedAfterSigning_IsRefused(string from, string to) =>
        await RefusesAsync(GoodMeta.Replace(from, to, StringComparison.Ordinal), EcdsaOf(GoodMeta));

    [Fact]
    public async Task Flash_ProofOfAnotherImage_IsRefused()
    {
        var other = GoodMeta.Replace(Digest, new string('a', 64), StringComparison.Ordinal);

        await RefusesAsync(other, EcdsaOf(other));
    }

    [Theory]
    [InlineData("version: 1.4.2\n", "")]
    [InlineData("farm-image: 1", "farm-image: 2")]
    [InlineData("1.4.2", "1.4.2\u001b[2J")]
    [InlineData("version: 1.4.2", "version: 1.4.2\nversion: 1.4.3")]
    public async Task Flash_SignedNonsense_IsRefused(string from, string to)
    {
        var meta = GoodMeta.Replace(from, to, StringComparison.Ordinal);

        await RefusesAsync(meta, EcdsaOf(meta));
    }

    [Fact]
    public async Task Flash_SignedByAForeignKey_IsRefused()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        await RefusesAsync(GoodMeta, foreign.SignData(Encoding.UTF8.GetBytes(GoodMeta), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public async Task Flash_SignatureIsNoSignature_IsRefused() => await RefusesAsync(GoodMeta, [1, 2, 3]);

    [Fact]
    public async Task AttachStLink_BoardAsksForSignatures_IsRefused()
    {
        await using var agent = await StartAsync();
        var lease = await agent.LeaseAsync();
        using var call = agent.Client.Tunnels.AttachStLink(cancellationToken: TestAgent.Cancellation);
        await call.RequestStream.WriteAsync(new AttachStLinkRequest { Attach = new StLinkAttachment { Board = TestAgent.Board, Lease = lease.Name } }, TestAgent.Cancellation);

        Assert.Equal("IMAGE_NOT_SIGNED", (await TestAgent.FailAsync(() => call.ResponseStream.MoveNext(TestAgent.Cancellation))).Reason);
    }

    [Theory]
    [InlineData("[]", "names no key")]
    [InlineData("[none.pem]", "there is no such file")]
    public async Task Start_PolicyWithoutKeys_IsAProblem(string keys, string expected)
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => StartAsync(keys));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(string meta, byte[] signature)
    {
        await using var agent = await StartAsync();

        Assert.Equal("SIGNATURE_INVALID", (await TestAgent.FailAsync(() => FlashAsync(agent, meta, signature))).Reason);
        Assert.Null((await agent.BoardAsync()).FlashContent.Receipt);
    }

    private byte[] EcdsaOf(string meta) => _release.SignData(Encoding.UTF8.GetBytes(meta), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private async Task<TestAgent> StartAsync(string keys = "[release.pem, rsa.pem]")
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "release.pem"), _release.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "rsa.pem"), _rsa.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "b1.yaml"), $"boards:\n  - name: b1\n    backend: virtual\n    probe: 0483:3748\n    chip: STM32F103C8\n    flash: {{require_signature: {keys}}}\n");
        return await TestAgent.StartAsync(o => o with { Virtual = false, Boards = _folder, State = Path.Combine(_folder, "state"), Socket = Path.Combine(_folder, "a.sock") });
    }

    private static async Task<FlashReceipt> FlashAsync(TestAgent agent, string meta, byte[] signature)
    {
        var lease = await agent.LeaseAsync();
        var proof = new ImageSignature { Meta = ByteString.CopyFromUtf8(meta), Signature = ByteString.CopyFrom(signature) };
        return (await agent.FlashAsync(lease.Name, "expander.elf", r => r.Signature = proof))[^1].Event.Receipt;
    }
}
