using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Cli.Contexts;
using FarmAgent.Cli.Rendering;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl context …</c>: agents by short names.</summary>
internal static class ContextCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Short name of the context" };

    public static Command Create() => Verb.Group("context", "Agents by short names, with how they are known and as whom",
        Verb.MakeLocal("list", "The contexts; the one in use has a star", [], (context, _) =>
        {
            var file = ContextFile.Read();
            context.Output.Result(ToStruct(file), writer =>
            {
                var table = new TextTable("", "CONTEXT", "AGENT", "KNOWN BY", "AS");
                foreach (var one in file.All)
                {
                    table.Row(
                        one.Name == file.Current ? "*" : "",
                        one.Name,
                        one.Agent,
                        one.Pin is { } pin ? pin[..Math.Min(pin.Length, 15)] + "…" : one.Authority ?? "the system's authorities",
                        one.Certificate ?? one.TokenFile ?? "");
                }

                table.WriteTo(writer);
            });
            return Task.FromResult(ExitCodes.Ok);
        }),
        Verb.MakeLocal("use", "Make a context the one in use", [Name], (context, _) =>
        {
            var file = ContextFile.Read();
            file.Current = file.Get(context.Need(Name)).Name;
            file.Save();
            context.Output.Note($"{file.Current} is in use now.");
            return Task.FromResult(ExitCodes.Ok);
        }),
        Verb.MakeLocal("remove", "Forget a context, and the token that farmctl login kept for it", [Name], (context, _) =>
        {
            var file = ContextFile.Read();
            var old = file.Get(context.Need(Name));
            file.Remove(old.Name);
            file.Save();
            if (old.TokenFile == LoginCommand.TokenFileOf(old.Name))
            {
                File.Delete(old.TokenFile);
            }

            context.Output.Note($"{old.Name} is forgotten. Its token is still good at the agent until it is revoked there.");
            return Task.FromResult(ExitCodes.Ok);
        }));

    private static Struct ToStruct(ContextFile file)
    {
        var list = new ListValue();
        list.Values.Add(file.All.Select(c => Value.ForStruct(new Struct
        {
            Fields = { ["name"] = Value.ForString(c.Name), ["agent"] = Value.ForString(c.Agent), ["current"] = Value.ForBool(c.Name == file.Current) },
        })));
        return new Struct { Fields = { ["contexts"] = new Value { ListValue = list } } };
    }
}
