using System.CommandLine;
using FarmAgent.Api.V1;
using Google.Protobuf;

namespace FarmAgent.Cli.Sessions;

/// <summary>The files that prove who released an image: named by options, or found beside it.</summary>
internal static class SignatureFiles
{
    public const string MetaSuffix = ".meta";
    public const string SignatureSuffix = ".sig";

    public static Option<string?> Signature { get; } = new("--signature")
    {
        Description = "Signature of the meta-information file (default: IMAGE.sig, if IMAGE.meta is there too)",
        HelpName = "FILE",
    };

    public static Option<string?> Meta { get; } = new("--meta") { Description = "Meta-information file of the image (default: IMAGE.meta)", HelpName = "FILE" };

    /// <summary>Reads them.</summary>
    /// <returns>Null when there are none.</returns>
    /// <exception cref="UsageException">Only one of two was named, or several images are flashed as one (<c>SIGNATURE_INCOMPLETE</c>).</exception>
    public static async Task<ImageSignature?> ReadAsync(CommandContext context, IReadOnlyList<string> images, CancellationToken cancellationToken)
    {
        var (signature, meta) = (context.Get(Signature), context.Get(Meta));
        if ((signature is null) != (meta is null))
        {
            throw new UsageException("SIGNATURE_INCOMPLETE", "A signature goes with its meta-information file. Give both --signature and --meta.");
        }

        if (images.Count > 1)
        {
            return signature is null ? null : throw new UsageException(
                "SIGNATURE_INCOMPLETE", "Several images are flashed as one, which nobody has signed. Flash a single image that was released as a whole.");
        }

        if (signature is null || meta is null)
        {
            (signature, meta) = (images[0] + SignatureSuffix, images[0] + MetaSuffix);
            if (!File.Exists(signature) || !File.Exists(meta))
            {
                return null;
            }
        }

        return new ImageSignature
        {
            Meta = ByteString.CopyFrom(await File.ReadAllBytesAsync(meta, cancellationToken)),
            Signature = ByteString.CopyFrom(await File.ReadAllBytesAsync(signature, cancellationToken)),
        };
    }
}
