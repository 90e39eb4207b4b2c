package main

import "reflect"

// deepCopy copies a value with all that its pointers, lists and maps lead to.
func deepCopy[T any](value T) T {
	return copyValue(reflect.ValueOf(&value).Elem()).Interface().(T)
}

func copyValue(value reflect.Value) reflect.Value {
	result := reflect.New(value.Type()).Elem()
	result.Set(value)
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			result.Set(reflect.New(value.Type().Elem()))
			result.Elem().Set(copyValue(value.Elem()))
		}
	case reflect.Interface:
		if !value.IsNil() {
			result.Set(copyValue(value.Elem()))
		}
	case reflect.Slice:
		if !value.IsNil() {
			result.Set(reflect.MakeSlice(value.Type(), value.Len(), value.Len()))
			for index := range value.Len() {
				result.Index(index).Set(copyValue(value.Index(index)))
			}
		}
	case reflect.Map:
		if !value.IsNil() {
			result.Set(reflect.MakeMap(value.Type()))
			for _, key := range value.MapKeys() {
				result.SetMapIndex(key, copyValue(value.MapIndex(key)))
			}
		}
	case reflect.Struct:
		for index := range value.NumField() {
			if field := result.Field(index); field.CanSet() {
				field.Set(copyValue(value.Field(index)))
			}
		}
	}
	return result
}
