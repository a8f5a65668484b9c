using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Security.Certificates;
using FarmAgent.Agent.Security.Tokens;

namespace FarmAgent.Agent.Security.Setup;

/// <summary>Does what <c>farm-agent init</c> is for, and says what was made and what comes next. It can be repeated: what is there stays.</summary>
internal sealed class AgentIdentity(InitOptions options, AgentSettings settings, IdentityFiles files, TimeProvider time, TextWriter output)
{
    private const string CredentialName = "farm-agent.admin-token";
    private const string FirstToken = "first-admin";
    private static readonly TimeSpan OneTimeTtl = TimeSpan.FromDays(7);

    // A board without a battery clock starts long ago; what it would date then would be over as soon as it knows the time.
    private static readonly DateTimeOffset ClockIsSet = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CertificateMaker _maker = new(time.GetUtcNow(), options.Days);

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="AgentException">Something is there, or cannot be made (<c>FILE_EXISTS</c>, <c>STATE_UNUSABLE</c>, <c>TLS_NOT_SET_UP</c>).</exception>
    public void Make()
    {
        PrivateFile.MakeFolder(files.Folder);
        if (options.Forget)
        {
            Forget();
            return;
        }

        if (options.Client is { } client)
        {
            MakeClient(client);
            return;
        }

        MakeServer();
        MakeAuthority();
        MakeToken();
        SayNext();
    }

    private void Forget()
    {
        Directory.Delete(files.Folder, recursive: true);
        Say($"forgot     {files.Folder}: keys, certificates and tokens are gone. farm-agent init makes new ones.");
    }

    private void MakeServer()
    {
        if (settings.Tls.Certificate is { } configured)
        {
            Say($"server     {configured}, as configured");
            return;
        }

        string[] names = [Environment.MachineName, .. options.Names, "localhost", "127.0.0.1", "::1"];
        var isThere = File.Exists(files.ServerKey) && File.Exists(files.ServerCertificate);
        using var key = isThere && !options.Force ? ReadKey(files.ServerKey) : CertificateMaker.NewKey();
        if (!isThere || options.Force)
        {
            using var certificate = _maker.SelfSigned(CertificateMaker.ServerRequest(key, names));
            PrivateFile.Write(files.ServerKey, CertificateMaker.PemOf(key), replace: options.Force);
            PrivateFile.Write(files.ServerCertificate, CertificateMaker.PemOf(certificate), replace: options.Force);
        }

        if (options.SigningRequest)
        {
            var request = CertificateMaker.ServerRequest(key, names).CreateSigningRequestPem();
            PrivateFile.Write(files.SigningRequest, Encoding.ASCII.GetBytes(request + "\n"), replace: true);
            Say($"request    {files.SigningRequest}; let the farm's authority sign it and put the result at {files.ServerCertificate}: it is taken without a restart");
        }

        using var now = X509Certificate2.CreateFromPem(File.ReadAllText(files.ServerCertificate));
        Say($"server     {files.ServerCertificate} for {string.Join(", ", names.Distinct())}{(isThere && !options.Force ? ", was there already" : "")}");
        Say($"pin        {CertificateMaker.PinOf(now)}");
    }

    private void MakeAuthority()
    {
        if (settings.Tls.ClientAuthority is { } configured)
        {
            Say($"clients    signed by {configured}, as configured");
            return;
        }

        var isThere = File.Exists(files.Authority);
        if (!isThere)
        {
            using var key = CertificateMaker.NewKey();
            using var authority = _maker.Authority(key, Environment.MachineName);
            PrivateFile.Write(files.AuthorityKey, CertificateMaker.PemOf(key), replace: false);
            PrivateFile.Write(files.Authority, CertificateMaker.PemOf(authority), replace: false);
        }

        Say($"clients    signed by {files.Authority}{(isThere ? ", was there already" : "")}; farm-agent init --client NAME makes a certificate");
    }

    private void MakeToken()
    {
        var tokens = new TokenStore(files.Tokens, time);
        if (tokens.List().Count > 0)
        {
            Say("admin      there are tokens already; no other is made");
            return;
        }

        TimeSpan? ttl = time.GetUtcNow() >= ClockIsSet ? OneTimeTtl : null;
        RoleGrant[] grants = [new RoleGrant(CallerRole.Admin, [])];
        if (GivenTokenFile() is { } given)
        {
            var secret = File.ReadAllText(given).Trim();
            if (!TokenSecret.IsStrong(secret))
            {
                throw new AgentException(
                    "TOKEN_TOO_WEAK", $"The token in {given} is none to rely on: 43 to 200 letters and digits are needed (256 random bits). Make one: openssl rand -hex 32.");
            }

            tokens.Add(FirstToken, secret, grants, ttl, oneTime: true, "farm-agent init");
            Say($"admin      one-time token taken from {given}");
            return;
        }

        var (_, made) = tokens.Create(FirstToken, grants, ttl, oneTime: true, "farm-agent init");
        PrivateFile.Write(files.OneTimeToken, Encoding.ASCII.GetBytes(made + "\n"), replace: true);
        Say($"admin      one-time token in {files.OneTimeToken}{(ttl is null ? "" : $", good for {OneTimeTtl.TotalDays:0} days")}");
    }

    private string? GivenTokenFile()
    {
        if (options.AdminTokenFile is { } file)
        {
            return File.Exists(file) ? file : throw new AgentException("FILE_UNKNOWN", $"The token file {file} is not there. Write the one-time token into it, or leave --admin-token-file out.");
        }

        var folder = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");
        var credential = string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, CredentialName);
        return File.Exists(credential) ? credential : null;
    }

    private void MakeClient(string name)
    {
        if (name.Length > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
        {
            throw new AgentException("CERTIFICATE_NAME_INVALID", "A client's name is of letters, digits, dots, dashes, underscores and @, at most 64. Choose such a name.");
        }

        if (!File.Exists(files.AuthorityKey))
        {
            throw new AgentException("TLS_NOT_SET_UP", $"There is no local authority ({files.AuthorityKey}). Run farm-agent init first, or let the farm's authority sign the client's certificate.");
        }

        using var authority = X509Certificate2.CreateFromPemFile(files.Authority, files.AuthorityKey);
        using var key = CertificateMaker.NewKey();
        using var certificate = _maker.Client(key, name, authority);
        PrivateFile.MakeFolder(files.Clients);
        var path = Path.Combine(files.Clients, name);
        PrivateFile.Write(path + ".key", CertificateMaker.PemOf(key), replace: options.Force);
        PrivateFile.Write(path + ".pem", CertificateMaker.PemOf(certificate), replace: options.Force);
        Say($"client     {path}.pem and .key, serial {RevokedCertificates.SerialOf(certificate)}; give both to {name}");
        Say($"next       give a role in agent.yaml:  roles: [{{who: 'cert:{name}', role: operator}}]");
    }

    private void SayNext()
    {
        Say("next       1. let the agent listen, in agent.yaml:  tls: {listen: '0.0.0.0:7443'}");
        Say($"           2. give people roles, in agent.yaml:     roles: [{{who: 'cert:anna', role: operator}}]   (tokens carry their own)");
        Say($"           3. start the agent, then from your desk: farmctl login --agent {Environment.MachineName}:7443 --pin … --token-file FILE");
    }

    private static ECDsa ReadKey(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }

    private void Say(string line) => output.WriteLine(line);
}
