using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>
/// Turns JSON objects into request types and finds every fault, not only the first. A <c>required</c> property must be
/// there; one that is not nullable must not be null; a property that the type does not have is a fault.
/// </summary>
internal static class BodyBinder
{
    /// <summary>Faults reported of one body, at most.</summary>
    public const int MaxErrors = 100;

    private static readonly ConcurrentDictionary<Type, Dictionary<string, Field>> Fields = new();

    /// <summary>The value; meaningless when errors were added.</summary>
    public static object? Bind(Type type, JsonElement json, string pointer, List<ProblemError> errors)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Add(errors, new("json.type", "Give an object here.", pointer));
            return null;
        }
        var fields = Fields.GetOrAdd(type, Describe);
        var target = RuntimeHelpers.GetUninitializedObject(type);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            BindProperty(target, fields, seen, property, pointer, errors);
        }
        foreach (var (name, field) in fields)
        {
            if (field.Required && !seen.Contains(name))
            {
                Add(errors, new("json.required", $"'{name}' is required.", JsonPointer.Append(pointer, name)));
            }
        }
        return target;
    }

    internal static void Add(List<ProblemError> errors, ProblemError error)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(error);
        }
    }

    private static void BindProperty(
        object target,
        Dictionary<string, Field> fields,
        HashSet<string> seen,
        JsonProperty property,
        string pointer,
        List<ProblemError> errors)
    {
        var at = JsonPointer.Append(pointer, property.Name);
        if (!fields.TryGetValue(property.Name, out var field))
        {
            var known = string.Join(", ", fields.Keys);
            Add(errors, new("json.unknown_property", $"There is no '{property.Name}' here. Known: {known}.", at));
        }
        else if (!seen.Add(property.Name))
        {
            Add(errors, new("json.duplicate_property", $"'{property.Name}' is given twice.", at));
        }
        else if (property.Value.ValueKind != JsonValueKind.Null)
        {
            field.Property.SetValue(target, BodyValue.Read(field, property.Value, at, errors));
        }
        else if (!field.Nullable)
        {
            Add(errors, new("json.required", $"'{property.Name}' must not be null.", at));
        }
    }

    private static Dictionary<string, Field> Describe(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(
                property => JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                property => new Field(
                    property,
                    Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                    property.IsDefined(typeof(RequiredMemberAttribute)),
                    nullability.Create(property).WriteState is NullabilityState.Nullable,
                    property.IsDefined(typeof(IdTextAttribute)),
                    property.GetCustomAttribute<MaxTextAttribute>()),
                StringComparer.Ordinal);
    }

    /// <summary>A property of a request type.</summary>
    internal sealed record Field(
        PropertyInfo Property, Type Type, bool Required, bool Nullable, bool IsId, MaxTextAttribute? Max);
}
