namespace OrleansBilling.Silo.Commands;

/// <summary>The words of a command line: operands, options with a value, and flags.</summary>
public sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private CommandArguments(List<string> operands) => Operands = operands;

    /// <summary>What is neither an option nor its value, in order.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <summary>Takes a command line apart.</summary>
    /// <param name="args">Without the verb. <c>--name value</c> and <c>--name=value</c> are the same.</param>
    /// <param name="valued">Options that need a value, without dashes.</param>
    /// <param name="flags">Options that have none.</param>
    /// <exception cref="UsageException">An unknown option, or one without its value.</exception>
    public static CommandArguments Parse(
        IReadOnlyList<string> args, IReadOnlyCollection<string> valued, IReadOnlyCollection<string> flags)
    {
        var operands = new List<string>();
        var parsed = new CommandArguments(operands);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i].Length == 2)
            {
                operands.Add(args[i]);
                continue;
            }

            var (name, inline) = Split(args[i][2..]);
            if (flags.Contains(name) && inline is null)
            {
                parsed._flags.Add(name);
            }
            else if (valued.Contains(name))
            {
                parsed._values[name] = inline ?? (++i < args.Count ? args[i] : throw Missing(name));
            }
            else
            {
                throw new UsageException($"Unknown option --{name}.");
            }
        }

        return parsed;
    }

    /// <summary>Whether a flag was given.</summary>
    public bool Has(string flag) => _flags.Contains(flag);

    /// <summary>The value of an option, or null.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>The value of an option as a whole number.</summary>
    /// <exception cref="UsageException">It is not a number within the bounds.</exception>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Value(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"--{name} needs a whole number from {least} to {most}, not \"{text}\".");
    }

    private static (string Name, string? Value) Split(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (option, null) : (option[..equals], option[(equals + 1)..]);
    }

    private static UsageException Missing(string name) => new($"--{name} needs a value.");
}
