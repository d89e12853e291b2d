namespace OrleansBilling.Contracts.Common;

/// <summary>Short ways to make a <see cref="CommandResult{T}"/>.</summary>
public static class CommandResult
{
    /// <summary>Something new exists.</summary>
    public static CommandResult<T> Created<T>(T value) where T : class => new(CommandOutcome.Created, value, []);

    /// <summary>A repeat of a command carried out before.</summary>
    public static CommandResult<T> Unchanged<T>(T value) where T : class => new(CommandOutcome.Unchanged, value, []);

    /// <summary>An existing entity changed.</summary>
    public static CommandResult<T> Updated<T>(T value) where T : class => new(CommandOutcome.Updated, value, []);

    /// <summary>Refused; nothing changed.</summary>
    public static CommandResult<T> Rejected<T>(params CommandError[] errors) where T : class =>
        new(CommandOutcome.Rejected, null, errors);

    /// <summary>The id is taken by other content, or the state forbids the change.</summary>
    public static CommandResult<T> Conflict<T>(string code, string message, string? pointer = null) where T : class =>
        new(CommandOutcome.Conflict, null, [new(code, message, pointer)]);

    /// <summary>No such entity for this tenant.</summary>
    public static CommandResult<T> NotFound<T>(string code, string message) where T : class =>
        new(CommandOutcome.NotFound, null, [new(code, message)]);

    /// <summary>The entity is not as the caller has seen it.</summary>
    public static CommandResult<T> PreconditionFailed<T>() where T : class => new(
        CommandOutcome.PreconditionFailed, null,
        [new("request.precondition_failed", "It has changed since the answer whose ETag is in If-Match; read it again. Nothing was changed.")]);
}
