package dev.quarry.ingest;

/**
 * What is known of a file's expressions; those who look up its calls share it, since what one of them finds out of an
 * expression holds for all.
 *
 * @param types what expressions are
 * @param receivers what the owners of called methods and of fields are
 * @param overloads which method of a name arguments fit
 * @param fields what accesses to fields lead to
 * @param lombok the methods that Lombok generates
 * @param errors what the compiler rejected
 * @param lost the methods that broken text hides
 * @param supertypes the supertypes that are missing
 * @param hidden the methods that missing types may hide
 * @param statics the static imports that are missing
 */
record FileLookups(
        ExpressionTypes types,
        ReceiverTypes receivers,
        Overloads overloads,
        FieldTargets fields,
        LombokCalls lombok,
        UnitErrors errors,
        LostMembers lost,
        MissingSupertypes supertypes,
        HiddenMethods hidden,
        MissingStaticImports statics) {
    static FileLookups of(Bindings bindings, ImportMap imports, LombokModel lombok, UnitErrors errors) {
        TypeNames names = bindings.names();
        MissingSupertypes supertypes = new MissingSupertypes(names);
        MissingStaticImports statics = new MissingStaticImports();
        ExpressionTypes types = new ExpressionTypes(names, imports);
        ReceiverTypes receivers = new ReceiverTypes(bindings, imports, types);
        Overloads overloads = new Overloads(names, imports, types);
        return new FileLookups(
                types,
                receivers,
                overloads,
                new FieldTargets(bindings, imports, receivers, types),
                new LombokCalls(lombok, names, overloads, types),
                errors,
                new LostMembers(errors),
                supertypes,
                new HiddenMethods(supertypes, statics),
                statics);
    }
}
