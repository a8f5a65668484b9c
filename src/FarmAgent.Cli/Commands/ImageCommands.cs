using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using FarmAgent.Api.Errors;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl image sign</c>: makes the files that boards with <c>require_signature:</c> ask for. Works without an agent.</summary>
internal static class ImageCommands
{
    private const int LongestValue = 200;

    private static readonly Argument<string> Image = new("IMAGE") { Description = "The image's file" };

    private static readonly Option<string> Key = new("--key") { Description = "Private key (PEM, ECDSA or RSA)", HelpName = "FILE", Required = true };

    private static readonly Option<string> Version = new("--version-text") { Description = "Version of the firmware", HelpName = "TEXT", Required = true };

    private static readonly Option<string> Commit = new("--commit") { Description = "Commit that it was built from", HelpName = "TEXT", Required = true };

    public static Command Create() => Verb.Group("image", "Images",
        Verb.MakeLocal("sign", "Write IMAGE.meta with digest, version and commit, and IMAGE.sig with its signature", [Image, Key, Version, Commit], SignAsync));

    private static async Task<int> SignAsync(LocalContext context, CancellationToken cancellationToken)
    {
        var image = context.Need(Image);
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(image, cancellationToken)));
        var meta = Encoding.UTF8.GetBytes($"farm-image: 1\nsha256: {digest}\nversion: {Checked(context.Get(Version)!)}\ncommit: {Checked(context.Get(Commit)!)}\n");
        var signature = Sign(await File.ReadAllTextAsync(context.Get(Key)!, cancellationToken), meta);
        await File.WriteAllBytesAsync(image + SignatureFiles.MetaSuffix, meta, cancellationToken);
        await File.WriteAllBytesAsync(image + SignatureFiles.SignatureSuffix, signature, cancellationToken);
        var made = new Struct { Fields = { ["meta"] = Value.ForString(image + SignatureFiles.MetaSuffix), ["signature"] = Value.ForString(image + SignatureFiles.SignatureSuffix), ["sha256"] = Value.ForString(digest) } };
        context.Output.Result(made, writer => writer.WriteLine($"{image}{SignatureFiles.MetaSuffix} and {SignatureFiles.SignatureSuffix} for sha256:{digest}"));
        return ExitCodes.Ok;
    }

    private static byte[] Sign(string pem, byte[] meta)
    {
        using var ecdsa = ECDsa.Create();
        if (TryImport(ecdsa, pem))
        {
            return ecdsa.SignData(meta, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }

        using var rsa = RSA.Create();
        return TryImport(rsa, pem)
            ? rsa.SignData(meta, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            : throw new UsageException("SIGNATURE_KEY_INVALID", "The key is no private ECDSA or RSA key in PEM without a password. Make one: openssl ecparam -name prime256v1 -genkey -noout.");
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static string Checked(string value) => value.Length is > 0 and <= LongestValue && !value.Any(char.IsControl)
        ? value
        : throw new UsageException("SIGNATURE_META_INVALID", $"Version and commit have 1 to {LongestValue} characters, without control characters. Shorten them.");
}
