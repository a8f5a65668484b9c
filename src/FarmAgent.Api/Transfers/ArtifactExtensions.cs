using System.Security.Cryptography;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Api.Transfers;

/// <summary>Fetches what a run left.</summary>
public static class ArtifactExtensions
{
    /// <summary>Fetches one file of a run into a stream.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="run">"runs/r-…".</param>
    /// <param name="path">Path inside the run, "output.xml".</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>SHA-256 of the bytes received, as hex.</returns>
    /// <exception cref="RpcException">No such run or file: <c>RUN_UNKNOWN</c>, <c>ARTIFACT_UNKNOWN</c>.</exception>
    public static async Task<string> FetchArtifactAsync(
        this FarmClient client, string run, string path, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(destination);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var call = client.Runs.FetchArtifact(new FetchArtifactRequest { Run = run, Path = path }, cancellationToken: cancellationToken);
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            hash.AppendData(piece.Data.Span);
            await destination.WriteAsync(piece.Data.Memory, cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Fetches all files of a run into a folder and compares each with its digest.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="run">"runs/r-…".</param>
    /// <param name="folder">Made if it is not there; files of the same names are replaced.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>Paths inside the folder, in the agent's order.</returns>
    /// <exception cref="InvalidDataException">A file arrived damaged, or its path would leave the folder.</exception>
    public static async Task<IReadOnlyList<string>> FetchArtifactsAsync(
        this FarmClient client, string run, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var list = await client.Runs.ListArtifactsAsync(new ListArtifactsRequest { Run = run }, cancellationToken: cancellationToken);
        var fetched = new List<string>();
        foreach (var artifact in list.Artifacts)
        {
            var target = Path.GetFullPath(Path.Combine(root, artifact.Path));
            if (!target.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The agent names an artifact outside the run: '{artifact.Path}'. It was not fetched.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            string digest;
            await using (var file = File.Create(target))
            {
                digest = await client.FetchArtifactAsync(run, artifact.Path, file, cancellationToken);
            }

            if (artifact.Sha256.Length > 0 && digest != artifact.Sha256)
            {
                throw new InvalidDataException($"{artifact.Path} arrived as sha256:{digest}, the run says sha256:{artifact.Sha256}. Fetch it again.");
            }

            fetched.Add(artifact.Path);
        }

        return fetched;
    }
}
