using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Security.Setup;
using FarmAgent.Agent.Security.Tokens;

namespace FarmAgent.Agent.Tests.Security;

public sealed class InitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("init-").FullName;
    private readonly StringWriter _output = new();

    private IdentityFiles Files => new(_folder);

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Make_Everything_IsReadableByItsOwnerOnly()
    {
        Make(new InitOptions { SigningRequest = true });
        Make(new InitOptions { Client = "anna" });

        Assert.All(Directory.GetFiles(Files.Folder, "*", SearchOption.AllDirectories), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Files.Folder));
    }

    [Fact]
    public void Make_Again_ChangesNothing()
    {
        Make(new InitOptions());
        var before = Contents();

        Make(new InitOptions());

        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Make_Force_ReplacesTheServersKeyAndKeepsAuthorityAndTokens()
    {
        Make(new InitOptions());
        var before = Contents();

        Make(new InitOptions { Force = true });

        var changed = Contents().Where(c => before[c.Key] != c.Value).Select(c => Path.GetFileName(c.Key)).Order();
        Assert.Equal(["tls.key", "tls.pem"], changed);
    }

    [Fact]
    public void Make_AuthorityConfigured_MakesNoneOfItsOwn()
    {
        Make(new InitOptions(), new AgentSettings { Tls = new TlsFileSettings { ClientAuthority = "/etc/farm-agent/ca.pem" } });

        Assert.False(File.Exists(Files.AuthorityKey));
    }

    [Fact]
    public void Make_TokenProvided_IsTakenAndNoneIsWritten()
    {
        var file = Path.Combine(_folder, "given");
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(file, secret + "\n");

        Make(new InitOptions { AdminTokenFile = file });

        Assert.False(File.Exists(Files.OneTimeToken));
        Assert.True(new TokenStore(Files.Tokens, TimeProvider.System).Find(secret)?.IsOneTime);
        Assert.DoesNotContain(secret, _output.ToString() + File.ReadAllText(Files.Tokens), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_WeakTokenProvided_IsRefused()
    {
        var file = Path.Combine(_folder, "given");
        File.WriteAllText(file, "secret");

        Assert.Equal("TOKEN_TOO_WEAK", Assert.Throws<AgentException>(() => Make(new InitOptions { AdminTokenFile = file })).Reason);
    }

    [Fact]
    public void Make_Token_IsPrintedNowhere()
    {
        Make(new InitOptions());

        Assert.DoesNotContain(File.ReadAllText(Files.OneTimeToken).Trim(), _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_SigningRequest_IsForTheKeyAndItsNames()
    {
        Make(new InitOptions { SigningRequest = true, Names = ["farm1.example", "10.1.2.3"] });

        var request = CertificateRequest.LoadSigningRequestPem(
            File.ReadAllText(Files.SigningRequest), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Files.ServerCertificate);

        Assert.Equal(certificate.PublicKey.ExportSubjectPublicKeyInfo(), request.PublicKey.ExportSubjectPublicKeyInfo());
        var names = request.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Contains("farm1.example", names.EnumerateDnsNames());
        Assert.Contains(System.Net.IPAddress.Parse("10.1.2.3"), names.EnumerateIPAddresses());
    }

    [Fact]
    public void Make_Forget_LeavesNothing()
    {
        Make(new InitOptions());

        Make(new InitOptions { Forget = true });

        Assert.False(Directory.Exists(Files.Folder));
    }

    [Fact]
    public void Keeper_ListenerWithoutAnybodyToKnow_IsRefused()
    {
        Make(new InitOptions());
        File.Delete(Files.Authority);
        File.Delete(Files.Tokens);
        var settings = new AgentSettings { Tls = new TlsFileSettings { Listen = "127.0.0.1:0" } };

        var error = Assert.Throws<AgentException>(() => new SecurityKeeper(settings, _folder, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));

        Assert.Equal("TLS_NO_AUTHENTICATION", error.Reason);
    }

    private Dictionary<string, string> Contents() =>
        Directory.GetFiles(Files.Folder).ToDictionary(f => f, f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal);

    private void Make(InitOptions options, AgentSettings? settings = null) =>
        new AgentIdentity(options, settings ?? new AgentSettings(), Files, TimeProvider.System, _output).Make();
}
